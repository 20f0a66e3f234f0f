"""The words resumes are full of, to tell a slip of the keyboard from a word that is merely rare."""

# Nouns, adjectives and adverbs that come up in resumes; the verbs come from the list of verbs.
COMMON = """
ability about academic acceptance access account accountant accounting accuracy accurate achievement
acquisition activity additional administration administrative administrator adoption advanced advantage
advertising adviser advisor advisory after again against agency agenda agreement agricultural alignment
allocation almost already alternative although always among analyses analysis analyst analytical analytics
annual annually another application approach appropriate approval approximately architect architecture
around artificial assessment asset assignment assistance assistant associate association assurance
attendance attention audience auditor authority automatic automation automotive available average
awareness bachelor background balance banking bankruptcy because become before beginning behavior
behaviour being below beneath beneficial benefit between billion branch briefing broadcast budget
budgeting building business businesses calculation calendar campaign candidate cannot capability capacity
capital career category center central centre certificate certification chairman challenge champion
channel charity chemical chief circulation citizen client clinical coaching collaboration collaborative
colleague collection college combination commerce commercial commission commitment committee communication
community company comparison compensation competence competency competition competitive competitor
completion complex complexity compliance component comprehensive computer concept conference confidence
confidential configuration conflict connection consensus consistent consolidation construction consultant
consultation consulting consumer contact container content continuous contract contractor contribution
control controller conversion coordination coordinator corporate corporation correspondence could council
counsel country coverage creation creative credit criteria critical culture currency current curriculum
customer database deadline decision decrease defect definition delivery demand department deployment
depreciation description design designer detailed developer development device diagnosis difference
different difficult digital diligence direct direction director disaster discipline discount discussion
distribution distributor diverse diversity division document documentation domestic during dynamic early
economic economics economy editorial education educational effective effectiveness efficiency efficient
electrical electronic electronics element eligibility emergency employee employer employment energy
engagement engineer engineering enterprise entertainment entrepreneur environment environmental equipment
equity especially essential establishment estimate evaluation event every evidence exceed excellence
excellent exception exchange executive exercise existing expansion expectation expenditure expense
experience experienced expert expertise exposure extension extensive external facility faculty familiar
feature federal feedback finance financial financing finished first fiscal flexibility flexible foreign
formation foundation framework frequency function functional fundamental funding future general generation
global governance government graduate graduation growth guarantee guidance guideline hardware headquarters
healthcare hospital hospitality household however human identification immediate impact implementation
importance important improvement incentive incident including income increase independent indicator
individual industrial industry inflation influence information infrastructure initial initiative
innovation innovative inspection installation institute institution instruction instructor instrument
insurance integration integrity intelligence intern internal international internship interpersonal
intervention interview introduction inventory investigation investment investor invoice involvement itself
journal judgement judgment justice knowledge laboratory language launch leadership learning least lecture
legal legislation leverage liability library licence license licensing limited liquidity literature
location logistics machine machinery maintenance management manager managerial manufacturer manufacturing
margin market marketing master material mathematics maximum meaning measurement mechanical mechanism
medical medicine medium meeting member membership memorandum merchandise merger message method methodology
might migration milestone military million minimum ministry mission mobile modeling modelling module
monthly mortgage motivation multinational municipal national necessary negotiation network networking
never nonprofit notification number nursing objective observation obstacle occupation occupational
offering office officer official often ongoing online operating operation operational operations operator
opinion opportunity optimisation optimization option organisation organisational organization
organizational orientation original other outcome outreach outsourcing overall overhead overview ownership
package parameter participation particular partner partnership patient payment payroll percent percentage
performance period permanent personal personnel perspective pharmaceutical philosophy physical planning
platform policy political population portfolio position positive possible potential practical practice
preparation presence presentation president pressure prevention previous pricing primary principal
principle priority private probability problem procedure process processing procurement product production
productive productivity profession professional proficiency proficient profile profit profitability
profitable program programme programmer progress project projection promotion proper property proposal
prospect protection protocol prototype provider province provision psychology public publication publicity
publishing purchase purchasing purpose qualification quality quantitative quantity quarter quarterly
question questionnaire receivable reception recognition recommendation reconciliation record recovery
recruiter recruitment reduction reference refinancing regional registration regular regulation regulatory
relation relationship relevant reliability reliable remediation remote renewal report reporting
representative reputation request requirement research researcher reservation residential resolution
resource response responsibility responsible restaurant restructuring result retail retailer retention
revenue reviewer revision reward routine safety salary satisfaction saving scalable schedule scheduling
scholarship science scientific scientist screening seasonal secondary secretary section sector securities
security segment selection semester seminar senior sensitive separate sequence service session settlement
several shareholder shipment shipping should significant significantly similar simulation since situation
software solution specialist specific specification spreadsheet stability staffing stakeholder standard
statement statistical statistics status strategic strategy strength structural structure student subject
submission subscription subsidiary substantial success successful successfully suggestion summary
supervision supervisor supplier supply support surgery surplus survey sustainability sustainable syndicate
synergy system systematic talent target taxation teacher teaching technical technician technique
technological technology telecommunications telephone temporary territory testing their theory therapy
there these those though three through throughout throughput timeline together tournament toward tracking
trading traditional training transaction transfer transformation transition transparency transport
transportation treasury treatment turnaround turnover under understanding underwriting university until
update upgrade using utility vacancy validation valuable valuation variance variety vehicle vendor venture
version volume voluntary volunteer warehouse warranty website weekly welfare where whether which while
whole wholesale whose within without workflow workforce workplace workshop worldwide would yearly years
apprentice apprenticeship architectural assortment attrition auditing backlog bookkeeping brochure calibration
catering ceremony certified chemistry churches cleaning clearance coalition cohesion collaborator commodity
commuter compensate congress conservation consistency consultancy consumption continuity controlling
conventional correction corrosion counselling courier coursework craftsman customised cybersecurity dashboard
dealership dedicated dementia democratic deployments derivative detection diagnostic diagnostics dialogue
dimension diploma diplomatic disability disciplinary disclosure disposal dissertation distance doctoral
durable ecosystem elementary elevator emission empirical encryption endowment enquiry entrepreneurial equality
ethical examination excavation exhibition expedition explanation exploration extraordinary fabrication
facilitation facilitator fellowship festival fibreglass fiduciary fieldwork firewall fisheries flagship
fluctuation forecasting foreclosure forensic forestry forklift formula franchise freelance freight furniture
gallery geographic geography geology graphics greenhouse grievance grocery guardian gymnasium handbook
handling harassment harmony hazardous headcount heritage hierarchy highlight historical holiday homework
horticulture housekeeping housing humanities hydraulic hygiene hypothesis illustration imaging immigration
immunology imports inbound inclusion inclusive incoming induction ingredient inpatient insight insights
insolvency inspector installer intake intellectual intensive interactive interdisciplinary interface interim
interior interpreter inventories invoicing irrigation itinerary janitorial jewellery journalism journalist
jurisdiction juvenile keynote kitchen landscape landscaping lettering librarian lifecycle lighting linguistics
liquidation listening litigation livestock logistic loyalty magazine mainframe malware manual mapping maritime
masonry maternity measurable mentoring merchandising merchant metallurgy metrics midwife modernisation
modernization molecular monetary monitoring monument mortality motorway multidisciplinary museum naturally
navigation neighbourhood newsletter nutrition nutritional obligation occupancy offshore onboarding oncology
openness optical orchestra ordinance organic outbound outlets outpatient outsourced oversight packaging
painting paralegal parliament passenger pathology pavement pediatric pension performing petroleum pharmacist
pharmacy phonetic photographer photography physician physics pipeline plumbing pneumatic polymer portable
postgraduate precision premium prescription preservation prestige prevalence printing privacy proactive
probation programming prosecution prosthetic psychiatric psychologist publications publicly punctual quotation
radiology railway readiness receipt receipts recycling refinery refugee rehabilitation reinsurance religious
renovation repository reproduction resilience resilient retirement revenues rigorous robotics roofing sampling
sanitation satellite scaffolding schema sculpture seafood seamless secretarial seminars sentiment
serialisation shelter shoreline shortage signage simplified skilled sociology solicitor sourcing spatial
spectrum spokesperson statutory stewardship storage strategist subcontractor suburban succession supermarket
supervised surgical surveillance surveyor symposium synchronization syndication tailored talented taxonomy
telemetry temperature tenancy terminology textile theatre theoretical therapist tooling tourism township
traffic transcript translator transmission transportable traveller treasurer tribunal tuition turbine tutorial
typesetting undergraduate unemployment unified upholstery upstream urban usability utilisation utilization
vaccination validated vegetable ventilation verification vessels veterinary victims viewpoint vineyard
visibility visitor visitors visualisation visualization vocational wastewater watershed wealth webinar
wellbeing wellness wildlife wireless woodland woodwork worker workers workload yearbook youthful
"""

# Words of six letters of which one that is left out in the middle leaves no other word.
SHORT = """
budget client report system market people profit target review method result global growth weekly policy degree school
vendor sector member update output impact demand access launch search office supply income outage expert export import
number period agency safety salary future global mobile online
"""

# Words that are right although they are one letter from a common one.
ALSO_WORDS = """
plant planting
planted stuffing redactor baking certifying detailing retelling outliers decanter
abstraction acceptable accesses accession accessions action adapted adapter adaption addoption addressee
adopted advance advances advise advised affected affecting analyzer apples approaches assembler assembly
assisted associated assurer attraction auction authorizer backing balanced balancer balancers bearing
booted booting branches carrier casing catching centred chained chaining chances charged charges charging
charter cheating checker checkin chooser clarity classifier classifiers cleaner cleared clearing cloning
collector collectors combiner combiners commander commands commence commences committed committer comparer
compiler compilers complement complementary complemented completer compliment composer concert conductor
conductors consent consents consisted consume consumed consumes contain contained contains context
contexts contiguous contracting contractual contrast contrasts converter coordinate coordinates councillor
counsellor crates creditor creditors dealings debtor debtors debugged debugging decades decoded decodes
decoding defeats definer delegate delegates deprecation deprecations deriving detained devise devised
dialing dialled dialling difficulty directive directives directory discovery discreet discrete distraction
diverge dividend divider diving doublings drafter educator educators effected elicited embedded embedding
enabler excepted exchanged exercised exiting expander expected expects expensive explode explorer exports
extender extents extraction extractions faction faulty featured filling findings flexibly follower footers
formally formerly fraction freezing guaranteed halting handed handing handler handlers having headings
hoisting identifier identifiers identities identity illicit implementer indeed indented indenting indents
indexer indexers ingested initiate initiates initiator insolvent installer insured insurer insurers
intents intermit interne interpreter interval intervals inverted inverting inverts investigator issuer
issuers lasting launcher leaking leasing lender lenders licenced licensed licensee licensees listings
loading locales logistic looping machined maintainer manpages manufacture manufactured mappings markers
markings masking massage matcher matchers mathematica matters medial modulus narrator national nominal
notional observer observers openings optimizer orderings packaged packager packagers parallelism parking
parsing pasting patent patents pausing performer performers persisted personal picking planner possibly
precede preparer preparse presenter presenters preset presets principal principally probers proceed
proceeds producer producers profiler progresses prompted prompting properly provisional publisher punting
qualifier qualifiers quantifier ranging rational reaction reactions reactor receiver receivers recognizer
recognizers recommender recorder recordings redacted redaction reducer referenced reformer reformers
regards reinforcement reinsurance relational relaxed relaxes relayed relaying releaser releasers reliably
remover replacer replayed replaying reporter representer resolver resolvers resorting responder retained
retainer retainers reverted reverting revolution revolutions reworded rewriter scanner scheduler
schedulers sealing seeding sensing sensors separated sequenced sequencer serviced settings shading
shopping shorter shouldn significand signin sitting skipped skipping slowing solvent spanned spanning
specifier specifiers speeding spelling standin starred starter starved starving stated stating stationary
stationery statistic statuses stepped stepping stipulates string stuffed successes sustained synthesis
talking tender tenders terminal thorough thoughts tighter tracker traction trailing trainer transformer
tricked triplet triplets updater updaters verifier visualizer waiting warrants weighted weighting winding
wording workings wrapper import serialization readline readlines pointing metric earliest tripping unlock unlocked graphic sterling
persona personas shaded parametrize parametrized striking sterile starling tailer curtail
grocer grocers lightning diplomat diplomats galley orchestral potable outlet vessel victim linguistic robotic dedicate dedicates formulae
photograph photographs refiner refiners jeweller jewellers upholster inferior paediatric fiberglass theater theaters traveler travelers
counseling neighborhood neighborhoods synchronisation ontology treasure treasures warrant hypotheses commute commuted commutes franchisee
franchisees impatient morality ordnance craftsmen chairmen physic fright ethnical panting sapling statuary
"""

KATAKANA = """
アシスタント アドバイザリー アナリスト アプリケーション アーキテクト インターネット インターンシップ
インタビュー インフラストラクチャ エンジニア エンジニアリング オペレーション カスタマー カリキュラム
クライアント クラウド コミュニケーション コンサルタント コンサルティング コンプライアンス コンピュータ
コーディネーター サステナビリティ サプライチェーン シミュレーション システム スケジュール
ステークホルダー ストラテジー セキュリティ セグメンテーション ソリューション ソフトウェア ディレクター
デューデリジェンス ディスカッション デジタル デベロッパー データベース トランスフォーメーション トレーニング ネットワーク
ハードウェア パートナー パフォーマンス ファシリテーション ファイナンス フレームワーク プラットフォーム
プレゼンテーション プログラミング プロジェクト プロセス プロダクト プロモーション ベンチマーク
ポートフォリオ マネジメント マネージャー マーケティング ミーティング メンテナンス モニタリング
モデリング ライフサイクル リーダーシップ リサーチ リストラクチャリング レポーティング ロードマップ
ロジスティクス ワークショップ ワークフロー
"""
# Kanji with the same reading in the wrong place, and forms that have settled as wrong; a colon, the right form.
CONFUSED_JA = """
シュミレーション:シミュレーション コミニュケーション:コミュニケーション コミュニュケーション:コミュニケーション 人事移動:人事異動 品質を保障:品質を保証 品質保障:品質保証 動作保障:動作保証 個別対応策を構じ:対策を講じ
対象的:対照的 意志決定:意思決定 以外な:意外な 完壁:完璧 価値感:価値観 習得課程:習得過程 専問:専門 講議:講義 不可決:不可欠 積極てき:積極的 締切り日:締切日 引継ぎき:引き継ぎ 責任間:責任感 効卒:効率 改繕:改善 経験値を生かし:経験を活かし
実積:実績 成積:成績 業蹟:業績 組識:組織 知織:知識 貢献度合:貢献 企画書を制作:企画書を作成 売上げ向上:売上向上 職務径歴:職務経歴 開発頑境:開発環境 環鏡:環境 分折:分析 折衝能:折衝 新規開択:新規開拓 開択:開拓 推移を計り:推移を測り 効率化を計:効率化を図
向上を計:向上を図 改善を計:改善を図 削減を計:削減を図 拡大を計:拡大を図 円滑化を計:円滑化を図 就任した以降:就任以降 担当者を勤め:担当者を務め リーダーを勤め:リーダーを務め 責任者を勤め:責任者を務め 議長を勤め:議長を務め 役割を勤め:役割を務め 移動先部署:異動先部署 部署移動:部署異動
社員の移動:社員の異動 修士過程:修士課程 博士過程:博士課程 教職過程:教職課程 追求調査:追究調査 体勢を整え:態勢を整え 精算を管理:清算を管理 決裁システム:決済システム オンライン決裁:オンライン決済 ディスカッッション:ディスカッション 業積:業績 実蹟:実績 達成卒:達成率 効律:効率 能卒:能率 率先垂犯:率先垂範 専問:専門 経検:経験 径験:経験 講成:構成 購築:構築 構策:構築 講築:構築 導人:導入 提按:提案 検当:検討 検計:検討 推進カ:推進力 担等:担当 但当:担当 管埋:管理 菅理:管理 営集:営業 収役:収益 売土:売上 予箕:予算 決箕:決算 精箕:精算 顧容:顧客 問額:問題 課頭:課題 資斜:資料 設汁:設計 開癸:開発 改ぜん:改善 短宿:短縮 増如:増加 滅少:減少 消減率:削減率 除去率を計:除去率を測 徹低:徹底 撤底:徹底 積み立てて来:積み立ててき 成巧:成功 委属:委嘱 派遺:派遣 派遺社員:派遣社員 履暦:履歴 職歴書を制作:職歴書を作成 復旧作業を向かえ:復旧作業を迎え 訪門:訪問 訪間:訪問 質門:質問 幣害:弊害 危倶:危惧 遂一:逐一 逐行:遂行 貢健:貢献 献貢:貢献 感心を集め:関心を集め 興味と感心:興味と関心 適格に判断:的確に判断 適確:的確 始めて担当:初めて担当 エンジニヤ:エンジニア
"""
