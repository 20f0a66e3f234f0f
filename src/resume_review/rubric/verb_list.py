"""The verbs resumes are written with, by what they show. Irregular ones carry `past/participle`."""

from resume_review.rubric.words import word_set

THEMES = {
    "lead": """
        lead:led/led head direct manage chair oversee:oversaw/overseen supervise govern command steer guide run:ran/run
        coordinate orchestrate mobilise mobilize delegate captain preside spearhead own champion drive:drove/driven
        recruit hire mentor coach train appoint staff unite empower
    """,
    "create": """
        build:built/built create design develop found establish launch initiate introduce pioneer architect engineer
        invent devise formulate set:set/set construct assemble produce author write:wrote/written draft compose publish
        prototype program programme code implement install deploy roll:rolled/rolled configure customise customize
        integrate embed model structure originate institute stand:stood/stood craft shape film illustrate
    """,
    "improve": """
        improve increase raise boost grow:grew/grown double triple quadruple accelerate expand extend enhance enrich
        strengthen optimise optimize streamline simplify standardise standardize consolidate automate modernise
        modernize digitise digitize transform restructure reorganise reorganize redesign reengineer rebuild:rebuilt/rebuilt
        refactor revamp overhaul upgrade update migrate replace resolve fix repair correct remedy rescue reduce cut:cut/cut
        lower decrease shorten halve save trim eliminate remove prevent avoid minimise minimize mitigate stabilise
        stabilize harden secure turn scale maximise maximize elevate lift free refine tune rework reform realign
        rationalise rationalize outperform exceed surpass beat:beat/beaten sharpen
    """,
    "analyse": """
        analyse analyze assess evaluate audit review examine investigate research study survey benchmark measure
        quantify calculate compute estimate forecast:forecast/forecast project predict simulate map diagnose identify discover
        find:found/found detect uncover test validate verify inspect monitor track compare interpret profile segment
        size value appraise scope gather collect compile query mine interview explore scan screen reconcile trace
        visualise visualize chart classify
    """,
    "win": """
        win:won/won close sell:sold/sold negotiate secure sign land acquire merge divest raise fund finance invest obtain
        gain earn:earned/earned capture attract convert retain generate deliver achieve attain complete accomplish
        execute realise realize reach meet:met/met source buy:bought/bought purchase procure price underwrite
        structure arrange syndicate broker pitch place issue refinance recover collect
    """,
    "advise": """
        advise counsel consult recommend propose present persuade convince influence inform brief report communicate
        explain teach:taught/taught educate instruct demonstrate facilitate moderate host lecture speak:spoke/spoken
        address advocate promote represent liaise collaborate partner cooperate engage translate document define
        specify prioritise prioritize plan schedule organise organize prepare align challenge shepherd clarify
        pitch mediate resolve arbitrate answer respond consult
    """,
    "operate": """
        administer operate maintain process handle perform conduct carry provide supply support serve assist help
        contribute participate join attend work cooperate use utilise utilize apply employ leverage ensure enable
        control check file record register enter order ship distribute store pack issue approve authorise authorize
        certify comply enforce protect inspect clean cover book budget allocate assign bill invoice pay:paid/paid
        reconcile market advertise edit proofread publish post moderate onboard transition transfer shift move
        keep:kept/kept hold:held/held take:took/taken make:made/made give:gave/given bring:brought/brought
        get:got/got do:did/done go:went/gone begin:began/begun start stop end finish continue become:became/become
        choose:chose/chosen select rank rate mark score grade compete play act learn study read:read/read
        understand:understood/understood know:knew/known see:saw/seen show:showed/shown tell:told/told
        think:thought/thought leave:left/left let:let/let put:put/put send:sent/sent spend:spent/spent
        draw:drew/drawn break:broke/broken fly:flew/flown ride:rode/ridden rise:rose/risen seek:sought/sought
        shut:shut/shut split:split/split spread:spread/spread oversee:oversaw/overseen undertake:undertook/undertaken
        receive award nominate travel relocate volunteer share adapt adopt add change combine connect consider decide
        defend depend describe determine develop differentiate discuss divide document draft encourage examine expand
        express familiarise familiarize focus follow foster fulfil fulfill furnish involve link list locate log look
        match name navigate note observe offer open orient pass perceive persevere pursue qualify question react
        realise recognise recognize relate rely remain replenish restore retrieve reverse route save scrutinise
        shadow simulate solicit solve sort sponsor stimulate strategise strategize submit substitute succeed suggest
        summarise summarize sustain synthesise synthesize systematise systematize target task team terminate trade
        transcribe treat troubleshoot:troubleshot/troubleshot tutor unify upsell:upsold/upsold visit weigh welcome
        wrap yield aid deal:dealt/dealt try:tried/tried broadcast:broadcast/broadcast cast:cast/cast conceive conceptualise conceptualize deploy decommission deprecate containerise containerize
        instrument parallelise parallelize provision patch release ship debug dockerise index cache shard
        parameterise parameterize encrypt virtualise virtualize outsource insource offshore localise localize rebrand
        reposition relaunch reorient renegotiate repurpose reallocate redeploy refocus reshape rewrite:rewrote/rewritten
        rerun repay crossfunction sit:sat/sat settle triage sunset retire redline hedge carve restate reclassify incubate lobby chase backtest unblock unwind:unwound/unwound wind:wound/wound rethink:rethought/rethought reset:reset/reset cultivate nurture elicit drill catalog catalogue curate digest tailor tighten
        feed:fed/fed sweep:swept/swept catch:caught/caught fight:fought/fought lay:laid/laid lend:lent/lent lose:lost/lost
        hear:heard/heard throw:threw/thrown strike:struck/struck strive:strove/striven swim:swam/swum sing:sang/sung swing:swung/swung
        wear:wore/worn weave:wove/woven bend:bent/bent blow:blew/blown breed:bred/bred dig:dug/dug eat:ate/eaten fall:fell/fallen
        forget:forgot/forgotten forgive:forgave/forgiven freeze:froze/frozen hang:hung/hung hide:hid/hidden shake:shook/shaken
        shrink:shrank/shrunk shoot:shot/shot sleep:slept/slept slide:slid/slid spin:spun/spun steal:stole/stolen stick:stuck/stuck
        swear:swore/sworn tear:tore/torn wake:woke/woken withdraw:withdrew/withdrawn withstand:withstood/withstood
        overcome:overcame/overcome uphold:upheld/upheld foresee:foresaw/foreseen arise:arose/arisen prove:proved/proven
        sew:sewed/sewn sow:sowed/sown mow:mowed/mown string:strung/strung drink:drank/drunk cling:clung/clung
    """,
}

WEAK = word_set("help assist support work participate contribute attend involve join cooperate use handle do")

LEADERSHIP = word_set("""
    lead head direct manage chair oversee supervise govern command steer coordinate orchestrate mobilise mobilize
    captain preside spearhead own champion drive recruit hire mentor coach found establish launch initiate pioneer
    negotiate architect run guide delegate staff appoint originate decide set preside rescue
    """)

# Words that start a line as nouns or adjectives although they look like a verb in the past.
NOT_PAST = word_set("""
    advanced experienced skilled certified detailed related based limited distributed embedded applied unified
    combined dedicated motivated accomplished qualified seasoned talented united mixed fixed rapid need speed feed
    seed hundred indeed varied diversified shared bed red led-based so-called
    """)

# Base forms that are as often nouns: read as a verb only when what follows cannot follow a noun.
ALSO_NOUNS = word_set("""
    award lead project program programme process report design research model support test review plan budget market
    process audit benchmark forecast file record order book bill invoice post work help study survey interview
    profile segment size value price place issue fund finance sponsor partner host brief target team task trade
    travel change control check cover contract score rank rate mark grade list log link look name note index cache
    feed catch fight ring throw swing fall shake slide spin stick string drink shoot shrink strike hang
    patch release state start end use head command champion staff code structure map mine chart source pitch
    address challenge document schedule question answer act play share focus document lift track scope query
    """)
