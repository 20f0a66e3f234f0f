"""Phrases that come in too many forms for a list, as patterns. They are searched beside the lists of the lexicon."""

import re
from functools import cache

from resume_review.rubric.words import Words, word_set

_FIRST = r"^[\s•▪●◦‣·–—*\-]{0,4}(?:[A-Z][a-z]+ly\s+)?"
_TRAITS = (
    r"communicati(?:on|ve)|interpersonal|analytical|analytic|organi[sz]ation(?:al)?|leadership|presentation|problem[- ]solving"
    r"|people|time[- ]management|multi-?tasking|listening|written|verbal|oral|spoken|social|soft|teamwork|negotiation"
    r"|decision[- ]making|critical[- ]thinking|business|customer[- ]service|planning|management|relationship(?:[- ]building)?"
    r"|networking|collaboration|team|personal|work|attention|creative|quantitative|prioriti[sz]ation|public speaking|computer"
)
_PRAISE = r"(?:excellent|strong|good|great|outstanding|superb|exceptional|solid|sharp|superior|effective|proven|impeccable|stellar|top-notch|remarkable)"

_ENGLISH = {
    "duty": rf"""
        (?:(?:was|were|been|being|is|am|solely|jointly|primarily|mainly|directly|fully|also|partly)\s+)*
            (?:responsible|accountable|answerable|liable)\s+(?:for|to)\b
        | \b(?=\w)(?:
          \bin\s+(?:\w+\s+)?charge\s+of\b
        | \b(?:had|held|took|take|has|have|having|assumed|bore|carried|with|shared|overall|full|sole|given)\s+(?:\w+\s+){{0,3}}
            responsibilit(?:y|ies)\s+(?:for|of|over|to|in)\b
        | \bresponsibilit(?:y|ies)\s+(?:for|of|over)\b
        | \b(?:(?:key|main|core|primary|daily|day-to-day|job|general|other|my|principal|typical|regular|various|the|these|work)\s+)*
            (?:(?:responsibilities|(?<!import\ )(?<!customs\ )dut(?:ies|y))\s*(?:(?:of|such\ as|as|with|regarding|around)\b|:)|(?:responsibilities|duties|tasks|responsibility)\s*
            (?:(?:included?|includes|involved?|involves|were|was|are|is|entailed?|entails|consisted|consist|comprised?|encompassed|covered)\b|:))
        | \bhad\s+the\s+(?:task|duty|job)\s+of\b | \bscope\s+of\s+(?:duties|work)\b(?=\s*:)
        | \b(?:obligations|accountabilities)\s*(?:included?|were|are|:)
        | \b(?:performed|handled|carried\s+out|fulfilled|discharged)\s+(?:\w+\s+){{0,2}}?(?:duties|tasks|responsibilities)\b
        | \ball\s+(?:duties|tasks|responsibilities)\b | \bduties\s+(?:related|relating|assigned|required)\b
        | \b(?:other|additional|related)\s+duties\b
        | \b(?:role|job|position|work|post|assignment|function)\s+(?:was\s+to|is\s+to|involve[ds]|entail(?:ed|s)|include[ds]|
            consist(?:ed|s)|required|requires|comprised|encompassed)\b
        | \b(?:my|the)\s+(?:role|job|task|work|duty|responsibility)\s+(?:was|is|were|consisted|included)\b
        | \b(?:tasked|charged|entrusted|burdened)\s+(?:with|to)\b
        )
        | {_FIRST}(?:was\s+|been\s+)?(?:assigned|allocated|expected|required|asked|obliged|
            supposed|designated|deputed)\s+(?:to|for|as|with)\b(?!\s+lead)
        | {_FIRST}(?:day-to-day|daily|main|key|core|general|routine)\s+(?:responsibilit(?:y|ies)|duties|tasks|work)\b
        | {_FIRST}(?:duties|responsibilities|tasks)\b
        | {_FIRST}(?:my\s+|main\s+|key\s+)?(?:role|job|position|function|remit|mandate|tasks?|work|assignment)\s*:(?=\s+(?:[a-z]+ly\s+)?(?!engineering|marketing|consulting|manufacturing|accounting|banking)[a-z]{{2,}}ing\b)
    """,
    "cliche": rf"""
        \b{_PRAISE}\s+(?:(?:{_TRAITS}|and|or|&|,)[\s,]+){{1,6}}(?:skills?|abilit(?:y|ies)|acumen|sense|instincts?|skill\ set|qualities)\b
        | \b{_PRAISE}\s+(?:communicator|listener|leader|team\s+(?:player|spirit|worker)|work\s+(?:ethic|ethics)|time\s+management
            |multi-?tasker|organi[sz]er|problem\ solver|attention|motivator|planner|knowledge|attitude|personality)\b
        | \b(?:{_TRAITS})\s+(?:skills|abilities)\b(?=\s*(?:$|[.,;]|and\b|with\b|to\b|at\b))
        | \bdynamic\b(?!\s+(?:programming|pricing|range|allocation|content|routing|link|model|data|load|web|report|hedg|test|simul|dash|sched|quer|disc|syst|risk|budget))
        | \b(?:energetic|enthusiastic|ambitious|dedicated|committed|dependable|reliable|trustworthy|conscientious|diligent|meticulous
            |hard-?\s?working|self-?\s?(?:motivated|driven|directed|disciplined|sufficient|reliant)|motivated|driven|versatile|resourceful
            |personable|adaptable|well-rounded|seasoned|go-to|polished|tenacious|outgoing|open-minded|creative|flexible|passionate)
            \s*(?:,|and\b|\&|or\b)?\s+(?:\w+[,\s-]+){{0,3}}?(?:professional|individual|person|worker|self-starter|player|leader|attitude|mindset|thinker|employee|colleague
            |candidate|graduate\s+with\s+a\s+passion|communicator|expert)\b
        | (?:^|(?<=[.;]\s)|(?<=\n))(?:an?\s+)?(?:enthusiastic|energetic|hard-?working|reliable|motivated|passionate|ambitious|diligent|proactive|driven|creative)\b(?=\s+(?:and|about|,|to))
        | \b(?:can-do|positive|winning|proactive|hands-on|growth|winner'?s?)\s+(?:attitude|mentality|mindset|approach|outlook|spirit)\b
        | \b(?:go(?:es|ing)?|went|walk(?:s|ed)?)\s+(?:above\s+and\s+beyond|the\s+extra\s+mile)\b | \bextra\s+mile\b | \babove\s+and\s+beyond\b
        | \b(?:thinks?|thinking|thinker)\s+(?:strategically|creatively|critically|big|on\s+(?:my|one's|his|her|their)\s+feet|differently)\b
        | \b(?:strategic|creative|critical|independent|innovative|analytical|outside-the-box|forward|big-picture|logical|lateral|quick)[\s-]thinker\b
        | \bthriv(?:e|es|ed|ing)\s+(?:in|on|under|when)\b | \b(?:excel|excels|excelling|flourish|flourishes)\s+(?:in|under|at)\b(?=.{{0,30}}(?:pressure|environment|team))
        | \b(?:able|ability|capable|comfortable|proven\s+ability|desire|eager|keen|willing(?:ness)?|hungry|ready)\s+(?:to|of|in)\s+(?:work(?:ing)?\b|multi-?task|learn|adapt|think|meet\s+deadlines
            |handle|thrive|succeed|perform|grow|take\s+on)[^.;\n]{{0,40}}
        | \bworks?\s+(?:well|effectively|efficiently|independently|calmly|best)\s*(?:under|in|with|as|on|and|both|within)?\b
        | \b(?:under|with)\s+(?:high\s+|tight\s+|intense\s+)?pressure\b | \bfast[-\s](?:paced|moving|changing)\b | \bdeadline[-\s](?:driven|oriented)\b
        | \b(?:results?|detail|details|goal|goals|solution|solutions|customer|client|team|people|quality|task|deadline|success|achievement|performance|service)[-\s]
            (?:driven|oriented|orientated|focus(?:s)?ed|minded|obsessed)\b
        | \b(?:highly|very|extremely|self|strongly|intrinsically|truly)[-\s](?:motivated|organi[sz]ed|skilled|driven|adaptable|dedicated|experienced|committed|flexible|competent|capable|analytical|creative|ambitious|detailed)\b
        | \b(?:quick|fast|rapid|eager|life-?long|avid|keen|continuous|agile)\s+(?:learner|study|learning)\b | \b(?:learns?|picks?\s+things\s+up|pick\s+up\s+things)\s+(?:quickly|fast)\b
        | \b(?:proven|strong|solid|demonstrated|successful|impressive|excellent|stellar)\s+(?:track[\s-]record|record|history|background)\b | \btrack[\s-]record\b
        | \b(?:world|best)[-\s](?:class|in-class|in-breed)\b | \b(?:cutting|bleeding)[-\s]edge\b | \bstate[-\s]of[-\s]the[-\s]art\b | \bgame[-\s]chang(?:er|ing)\b
        | \b(?:wears?|wearing|wore)\s+(?:many|multiple|several)\s+hats\b | \bjack[-\s]of[-\s]all[-\s]trades\b | \blow[-\s]hanging\s+fruit\b | \bmove[ds]?\s+the\s+needle\b
        | \b(?:natural|born|inspirational|visionary|servant|charismatic)\s+leader\b | \b(?:passion|passionate|enthusiasm|enthusiastic|zeal|love)\s+(?:for|about|to)\b
        | \b(?:flexible|adaptable|reliable|punctual|trustworthy|loyal|honest|friendly|approachable)\s*(?:,|and|&)\s*\w+ | \b\w+ly[-\s]minded\b
        | \bout[-\s]of[-\s]the[-\s]box\b | \b(?:add(?:ed|ing)?\s+value|value[-\s]add(?:ed)?)\b | \bsynerg(?:y|istic|ize|ise)\b(?=[^.\n]{{0,40}}(?:team|thinker|approach|with\s+others))
        | \b(?:multi-?task(?:ing|er)?|go-?getter|self-?starter|team[\s-]?player|hard[\s-]?worker|people[\s-]person|problem[\s-]solver|doer|perfectionist|workaholic|trailblazer|change[\s-]agent|evangelist|mover\s+and\s+shaker)s?\b
        | \b(?:(?:keen|sharp|great|excellent|strong|close|careful|meticulous|high)\s*)?(?:eye|attention)\s+(?:for|to)\s+(?:the\s+)?detail\b
        | \b(?:giv(?:e|es|ing)\s+|gave\s+)?110\s?(?:%|percent)(?=\s*(?:$|[.,;]|to\b|every)) | \bcommitted\s+to\s+(?:excellence|quality|success)\b | \bworks?\s+hard\b
        | \b(?:bring|brings|bringing|foster|fosters|love|loves)\s+(?:\w+\s+){{0,2}}?synergy\b | \b(?:never|don't|doesn't|not\s+one\s+to)\s+(?:gives?|settles?|quits?|stops?)\b | \bgives?\s+(?:it\s+)?(?:my|their|his|her|one's)\s+(?:all|best)\b
        | \b(?:enjoys?|loves?|likes?|relish(?:es)?|embraces?|seeks?)\s+(?:a\s+|new\s+|every\s+)?(?:challenges?|learning|people|teamwork|working\s+with\s+people)\b | \b(?:good|great|comfortable|best)\s+with\s+(?:people|numbers|clients|customers)\b
        | \b(?:strives?|striving|strove)\s+(?:for|to)\b | \b(?:asset|addition)\s+to\s+(?:any|every|your|the)\s+\w+ | \bno\s+stranger\s+to\b | \b(?:extensive|vast|rich|broad|deep|wealth\s+of)\s+experience\b(?=\s*(?:$|[.,;]|and\b))
        | \bsecond\s+to\s+none\b | \b(?:next|another|new)\s+level\b(?=\s*(?:$|[.,;])) | \bcomfort\s+zone\b | \bbig[-\s]picture\b | \bwin[-\s]win\b | \bmakes?\s+(?:a|the)\s+difference\b | \bforce\s+of\s+nature\b | \bpush(?:es|ing)?\s+(?:the\s+envelope|boundaries)\b
        | \b(?:laser|people)[-\s](?:focus(?:s)?ed|oriented)\b | \bideas?\s+person\b | \bstrong\s+(?:believer|sense)\s+(?:in|of)\b | \bhands[-\s]on\s+(?:person|leader|manager|professional)\b | \bwalks?\s+the\s+talk\b | \bno\s+stone\s+unturned\b
        | \bfrom\s+day\s+one\b | \bhit(?:s|ting)?\s+the\s+ground\s+running\b | \bteam\s+spirit\b | \bbreath\s+of\s+fresh\s+air\b | \bmakes?\s+things\s+happen\b | \bgets?\s+things\s+done\b
    """,
    "vague": r"""
        \b(?:a\s+(?:few|couple|handful|number|lot|bunch|variety|range|series|multitude|myriad|plethora|host|wealth|diversity|good\s+deal|great\s+deal|fair\s+amount)
            |an?\s+(?:wide|large|broad|vast|huge|great|diverse|extensive|full|whole|good|substantial|significant|growing|small)\s+(?:range|number|variety|amount|array|spectrum|set|volume|quantity|portion|share|part|selection|mix)
            |an\s+array|lots|loads|plenty|dozens|scores|hundreds|thousands|tens\s+of\s+thousands|millions|tens|quite\s+a\s+(?:few|lot)|(?:large|vast|high|huge|great)\s+(?:numbers|amounts|quantities|volumes))\s*(?:of\b)?
        | (?<!two\s)(?<!three\s)(?<!four\s)(?<!five\s)(?<!\d\s)\b(?:different|diverse|varied|miscellaneous|sundry|myriad|countless|innumerable|multiple|several|various|numerous|many|certain)\b(?=\s+[A-Za-z-]+)
        | \b(?:dramatically|drastically|significantly|substantially|considerably|markedly|noticeably|measurably|sharply|massively|enormously|immensely|tremendously|exponentially|vastly|heavily)\b
        | \b(?:etc|and\s+so\s+(?:on|forth)|and\s+(?:much\s+)?more|and\s+others|and\s+the\s+like|among\s+others|and\s+similar)\b\.?
        | \b(?:significant|substantial|considerable|noticeable|massive|huge|dramatic)\s+(?:\w+\s+)?(?:improvements?|increases?|reductions?|savings?|growth|gains?|decreases?|amounts?|numbers?|results?|impact|revenue|cost)\b(?!\s+(?:of|worth|from|by|to)\s+[^.,;]{0,16}?[\d$€£¥])
        | \b(?:an?\s+)?(?:large|big|huge|siz(?:e)?able|substantial|considerable|significant|vast|massive|enormous|extensive|hefty|ample|immense|small|modest|decent)\s+(?:\w+\s+)?
            (?:teams?|budgets?|portfolios?|staff|workforces?|crews?|(?:user|customer|client)\s+bases?|audiences?|fleets?|pipelines?|backlogs?|savings|sums?|data\s?sets?|volumes?|discounts?|workloads?|spend|sales|orders|caseloads?|territor(?:y|ies))\b
            (?!\s+(?:of|worth|from|by|to|with|over|above)\s+[^.,;]{0,24}?(?:[\d$€£¥]|two|three|four|five|six|seven|eight|nine|ten|twelve)|\s*[(,–-]\s*[\d$€£¥])
        | \b(?:an?|the)\s+(?:vast\s+|overwhelming\s+|great\s+)?majority\s+of\b | \ba\s+(?:raft|slew|string|decent\s+number|fair\s+number|fair\s+few)\s+of\b | \b(?:appreciably|strikingly)\b
        | \bsome\s+(?:of\s+the\s+)?[a-z]+s\b | \bmost\s+of\s+the\b | \bmuch\s+of\s+the\b
    """,
    "intensifier": r"""
        \b(?:strongly|smoothly|consistently|proactively|actively|constantly|continuously|continually|always|diligently|skilfully|skillfully|expertly|passionately|tirelessly
            |carefully|thoroughly|meticulously|dynamically|aggressively|relentlessly|brilliantly|superbly|immensely|enormously|wonderfully|amazingly|fantastically|tremendously|remarkably|exceptionally
            |outstandingly|exceedingly|utterly|entirely|wholly|particularly|especially|eagerly|effortlessly|single-handedly|massively|super)\b(?!\s+(?:automated|integrated|remote|funded|licensed|managed|owned|compliant|digital))
        | \b(?:amazing|incredible|fantastic|phenomenal|extraordinary|unparalleled|unmatched|unrivall?ed|spectacular|stellar|superb|tremendous)\s(?=[a-z])
    """,
    "slang": r"""
        (?=[:;=8<^x])(?:^|(?<=\s))(?:[:;=8]-?[)(DPp|/]|<3|\^_\^|xD)(?=\s|$|[.,])
        | \b(?:a\s+(?:bunch|ton|load)\s+of|kick(?:ed|ing|s)?[\s-]+(?:ass|butt)|big\s+bucks|rocked|smashed|aced|nailed|crushed|killed\s+it|slayed|hella|legit|pretty\s+much|sort\s+of|wow|yep|nope|hey|cuz|ain't|thx|pls
            |fyi|imho|omg|buddy|buddies|pals|no\s+biggie|gotcha|whatnot|thingy|thingies|things\s+like\s+that|lame|chill|fun\s+(?:stuff|team|people)|okay|rock\s+solid|screwed|messed\s+up|sucked|damn|hell|crap|freaking
            |ballpark|whiz|whizz|whopping|bonkers|vibes?|mojo|swag|yolo|haha+|hehe|lads|blokes?|quid|gobsmacked|brill|mind[\s-]blowing|jaw[\s-]dropping|no\s+worries|my\s+bad|super-?duper|freebies?|y'all|dunno|lemme|gimme|outta|c'mon|hiya|nah|meh|ugh|oops|whoa|voila|gurus?|geek(?:y|s)?|nerd(?:y|s)?|newbies?|newb|no\s+sweat|piece\s+of\s+cake|blew\s+away|blown\s+away|bigtime|big\s+time|super(?!\s+(?:user|visor|computer|market|annuation|structure|script|bowl|admin|set))|cool|kiddos?|kids\s+stuff|peeps|gig|bosses|biz|mega|yay|woohoo
            |hung\s+out|hang\s+out|hustl(?:e|ed|ing)|boss(?:ed|ing)|jazzed|stoked|psyched|hooked\s+up|juiced|beefed\s+up|jacked\s+up|amped\s+up|ginormous|humongous|quick\s+and\s+dirty|nitty[\s-]gritty|the\s+boss|hotshot|hot\s+shot|bang[\s-]up)\b
        | [!?]{1,}(?=\s*$)
    """,
}
_JAPANESE = {
    "duty": r"""
        (?:を|の|全般を|など)?(?:主)?担当(?!者(?!として))(?:していました|していた|しており|しました|した|し|でし|です|であ|だっ|。|$|者として|として|いた|する|を) | に従事 | (?:など|等)の業務(?:を(?:行|実施|担当))? | 業務全般 | に携わ(?:りました|っていました|ってい|った|って|り|る)? | (?:業務|実務|作業|対応|仕事)(?:を|に)(?:行|実施|遂行|こな|担当|当た|あた|従事|対応) | を任さ | を任せ
        | を担(?:い|っ|う|当) | を受け持 | に当たっ | にあたっ | (?:主な|主たる|日々の|日常の|通常の|担当|職務)(?:業務|職務|担当|仕事|内容|作業) | 業務内容 | (?:業務|対応|作業|担当|管理|運用|全般|保守|事務)。?$ | の?(?:責任者|窓口|役割)を(?:務|担|果た)
        | に関する(?:業務|作業|対応) | 役割を担 | として勤務 | に対応し | (?:業務|管理|運用|保守|処理)を(?:行|おこな|実施|担当)(?:して(?:いました|いた|おりました|おり)|しました|した)?
    """,
    "cliche": r"""
        [一-龥ァ-ヴー]{1,6}力(?:には?自信|が強み|には定評|が取り柄) | (?<!の)自信があ | 誰にも負け | 取り柄 | モットー | 座右の銘 | (?:性格|タイプ)(?:です|である|で、) | ことが(?:大)?好き | 負けん気 | 何でも(?:でき|こな) | コミュ力 | 明るく元気 | 誠心誠意 | コミュニケーション(?:能力|力|スキル|を大切) | チャレンジ精神 | (?:強い|高い)?リーダーシップ(?:を発揮でき|があ|に自信|を持)[^。]{0,4}|リーダーシップ | 臨機応変 | 前向き | 負けず嫌い | フットワーク | 全力(?:で|投球) | 柔軟(?:に対応|な対応|性|な発想|な思考) | 行動力 | 人柄 | 熱意 | 情熱 | 積極(?:的|性)
        | 明るい性格 | 忍耐(?:力|強) | 好奇心 | 誠実 | 努力家|努力を惜し | 気配り | 自己成長 | 成長意欲 | チームワーク | 根性 | 体力には?自信 | 吸収力 | 責任感 | 主体(?:的|性) | 勤勉 | 意欲(?:的|があ|を持) | 精一杯 | 頑張 | 貢献したい | やりがい
        | 人と(?:接する|話す|関わる) | 聞き上手 | 几帳面 | 探究心|探求心 | ストレス耐性 | 打たれ強 | 粘り強 | 協調性 | 社交的 | 素直 | 学習意欲 | スピード感 | お客様第一|顧客第一 | ムードメーカー | 縁の下の力持ち | 信頼される | 幅広い(?:知識|経験|視野) | 高い(?:意識|志|モチベーション) | モチベーションが高 | バイタリティ | 適応力 | 課題解決(?:能力|力) | 論理的思考(?:力|能力) | 調整力 | 傾聴力 | 継続力 | 集中力 | 計画性
    """,
    "vague": r"""
        様々な?|さまざまな? | 多く(?:の|を) | 多数 | いくつか | (?<=[^\s])など(?!\d) | 等(?=[のをがは、。]) | 幅広[いく] | 数多く | 多様な | 大幅[なに] | いろいろ|色々 | 複数 | 数々の | あらゆる | たくさん | 相当(?:数|な|の) | かなり(?:の|多) | 諸々 | 大量の | 多岐に | 一定の | ある程度 | 数(?:名|人|件|社|回|年|か月|ヶ月|十|百|千)(?!\d)
        | 大きく(?=改善|貢献|向上|削減|成長|伸|増|減) | 著しく | 飛躍的 | 劇的 | 膨大な | 莫大な | 少し | 若干 | 一部の | 豊富な
    """,
    "intensifier": r"""
        しっかり | 圧倒的 | かなり | 大い(?:に|なる) | ものすご[いく] | すさまじ[いく] | とにかく | 極(?:端|度|限)(?:に|まで|な) | 極力 | (?<![一-龥])(?:誠|実)に(?=[ぁ-ん一-龥])(?!基|即|関|対) | まことに | 格段(?:に|の) | 桁違い | 断トツ | ダントツ | とことん | 徹底して
        | 比類(?:な|の) | 類(?:い)?まれ | 並外れ | 驚(?:異的|くほど|くべき) | (?:目覚|めざ)まし[いく] | 入念に | 熱心に | ひたすら | ひときわ | より一層 | (?:遥|はる)かに | 最高に | 断然 | とりわけ | 甚だ | 惜しみな | 余すところな | 誰よりも | 何よりも | ずば抜け | 傑出 | 卓越し | 際立っ | 着実に | 徹底的に | 抜群 | 最高の | 絶大な | 多大な | 見事 | 素晴らし | 大変(?!革|動) | 極めて | きわめて | 常に | 必ず | 非常に | とても | 完璧 | 最大限 | 効果的に | 効率的に | スムーズに | 円滑に | 十分に | 精力的に | 一生懸命 | 懸命に | 真摯に | 確実に | 無事に? | すべて完璧
    """,
    "slang": r"""
        [!!?♪☆★♡♥]+(?=\s*$|。) | [((](?:笑|汗|泣|爆)[))] | ぶっちぎり | めちゃ | めっちゃ | すっごく | ヤバ|やば[いく] | ガチ | マジ | バリバリ | ガンガン | イケて | いけて | サクサク | ちゃんと | ぶっちゃけ | 超(?=(?:速|早|大|優|有|一流|すご)) | とりあえず | ワクワク | わくわく | ドキドキ | がっつり | ガッツリ | ちょっと | いっぱい | なんか | やっぱり | けっこう|結構 | (?<=[ぁ-んァ-ヶー一-龥。!!%])[wｗ]+(?=。?\s*$) | [((][wｗ][))] | っす。?$ | じゃん | (?:だ|ぜ)ぜ。?$ | すげ[えー] | デカい | でかい | バズ(?:っ|り|る) | ウケ(?:た|る|が) | イケる | キツい | ググ[っり] | ミスっ | パクっ | ハマっ | テンション | ノリ(?=で|が|よ) | 笑$ | だよ|だね | じゃ(?:ない|なく) | みたいな | すごい | ハンパな|半端な | 神対応 | 爆(?:速|増)
    """,
    "weak": r"""
        (?:を|の)?(?:サポート|補助|手伝|支援|補佐|フォロー|アシスト)(?=し|を|に|い|業務|役|。|$) | に(?:加わ|参加|参画|関与|関わ|協力|同行|出席|同席|立ち会) | の一員 | を経験 | を学 | を見学 | の一部を | に触れ | お手伝い | 手助け | に尽力 | に努め | に励 | を心がけ | を試み
    """,
    "first_person": r"""
        (?:私|僕|俺|自分|わたし|ぼく|わたくし|小生)(?:自身|達|たち|ども)?(?=[はがのにをもで、]|と(?:して|しまして|しては)|から(?:は|の|も)|より)(?!の(?:目|手|足|言葉|頭)で) | (?:当方|小職)(?=[はがのにをもで、]) | 弊社 | 我々|われわれ | 我が社|わが社 | うちの(?:会社|部署|チーム)
    """,
    "table_stakes": r"""
        (?:パソコン|PC)(?:の)?(?:基本)?操作 | ネット検索 | ブラインドタッチ | メール | ワード | エクセル | パワーポイント | インターネット | タイピング | 電話応対 | ビジネスマナー
    """,
}  # fmt: skip


_START_WITH_WORDS = frozenset({"cliche", "vague", "intensifier"})
"""English patterns that find nothing between words: only the beginnings of words are tried."""
_ESCAPE_OR_CAPITALS = re.compile(r"\\.|[A-Z]+")

# One of these words is in everything a pattern finds: looking for them first is much quicker than the pattern.
_SIGNS = {
    "duty": """
        responsible accountable answerable liable charge responsibility duty task tasked charged entrusted burdened role job position remit mandate
        work post assignment function scope obligation accountability assigned allocated expected required asked obliged supposed designated deputed
        """,
    "cliche": """
        excellent strong good great outstanding superb exceptional solid sharp superior effective proven impeccable stellar top remarkable
        skill ability dynamic energetic enthusiastic ambitious dedicated committed dependable reliable trustworthy conscientious diligent
        meticulous hard hardworking motivated self driven versatile resourceful personable adaptable rounded seasoned polished tenacious outgoing
        minded creative flexible passionate proactive can positive winning attitude mentality mindset approach outlook spirit mile above think
        thinker thinking thrive thriving thrived excel excelling flourish able capable comfortable desire eager keen willing willingness hungry
        ready pressure fast deadline oriented orientated focused focussed obsessed highly very extremely strongly intrinsically truly quick rapid
        life lifelong avid continuous agile learn pick track record world best cutting bleeding state game wear wearing wore jack low move moved
        leader passion enthusiasm zeal love punctual loyal honest friendly approachable box value synergy synergistic multi multitask multitasking
        multitasker go getter starter player people problem doer perfectionist workaholic trailblazer change evangelist mover attention eye
        day hit team breath thing work 110 synergy never don't doesn't not give enjoy challenge learning like love embrace relish embraces relishe seek strive striving strove asset addition
        stranger extensive vast rich broad deep experience second next another new level comfort big win difference force push laser idea believer sense hand walk stone
        """,
    "vague": """
        few couple handful number lot bunch variety range series multitude myriad plethora host wealth diversity deal amount array spectrum
        set volume quantity portion share part selection mix load plenty dozen score hundred thousand ten million quite large vast high
        huge different diverse varied miscellaneou miscellaneous sundry countless innumerable multiple several various variou numerous numerou many certain etc so more other
        like similar significant substantial considerable noticeable massive dramatic big sizeable sizable enormou enormous extensive hefty ample immense small modest decent majority raft slew string fair appreciably strikingly some most much dramatically drastically significantly
        substantially considerably markedly noticeably measurably sharply massively enormously immensely tremendously exponentially vastly heavily
        """,
    "slang": """
        bunch ton load kick kicked kicking big rocked smashed aced nailed crushed killed slayed hella legit pretty sort wow yep nope hey cuz ain't
        thx pl fyi imho omg buddy pal no gotcha whatnot thingy thing lame chill fun okay rock screwed messed sucked damn hell crap freaking
        ballpark whiz whizz guru geek geeky nerd nerdy newby newbie newb piece blew blown bigtime super cool kiddo kid peep gig boss biz mega yay woohoo hung
        whopping bonkers vibe mojo swag yolo haha hehe lad bloke quid gobsmacked brill mind jaw my duper superduper freebie y'all dunno lemme gimme outta c'mon hiya nah meh ugh oop oops whoa voila
        hang hustle hustled hustling bossed bossing jazzed stoked psyched hooked juiced beefed jacked amped ginormou ginormous humongou humongous quick nitty hotshot hot bang
        """,
}


_INTENSE_ENDINGS = (
    "ly",
    "ing",
    "ible",
    "stic",
    "nal",
    "ary",
    "led",
    "lar",
    "erb",
    "ous",
    "ways",
    "super",
    "hed",
)


@cache
def _signs(name: str) -> frozenset[str]:
    return word_set(_SIGNS.get(name, ""))


def may_match(name: str, text: str, words: Words) -> bool:
    """Whether the English pattern of a kind can find anything in a passage."""
    if name == "intensifier":
        return any(form.endswith(_INTENSE_ENDINGS) for form in words.forms)
    if name == "slang" and any(sign in text for sign in (")", "!", "?", "<3", "^_^", "xD", ":", ";")):
        return True
    return not _signs(name).isdisjoint(words.forms)


@cache
def pattern(name: str, *, japanese: bool) -> re.Pattern[str] | None:
    """The pattern of one kind of phrase, or null where lists are enough; the English ones are for text in lower case.

    Searching in lower case is twice as fast as leaving the case to the pattern.
    """
    source = (_JAPANESE if japanese else _ENGLISH).get(name)
    if source is None:
        return None
    if not japanese:
        source = _ESCAPE_OR_CAPITALS.sub(
            lambda match: match[0] if match[0][0] == "\\" else match[0].lower(), source
        )
    if not japanese and name in _START_WITH_WORDS:
        source = rf"\b(?=\w)(?:{source})"
    return re.compile(source.strip(), re.VERBOSE | re.MULTILINE)
