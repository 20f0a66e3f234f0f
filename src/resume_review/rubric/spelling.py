"""Misspellings and spellings of one side of the Atlantic, as tables: no dictionary has to be loaded."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from resume_review.rubric.verbs import verb_forms
from resume_review.rubric.vocabulary import ALSO_WORDS, COMMON, CONFUSED_JA, KATAKANA, SHORT
from resume_review.rubric.words import KEPT_WORDS

# The wrong form, a colon, the right form.
_MISSPELLINGS = """
accomodate:accommodate accomodated:accommodated accomodation:accommodation acheive:achieve acheived:achieved
acheivement:achievement acheivements:achievements achived:achieved acquistion:acquisition
acqusition:acquisition adn:and adress:address adressed:addressed aggreement:agreement agressive:aggressive
agressively:aggressively analisys:analysis analized:analysed analyis:analysis analysys:analysis
analyzied:analyzed anaylsis:analysis anaylzed:analyzed anlysis:analysis apparantly:apparently
aquired:acquired aquisition:acquisition aquisitions:acquisitions architechture:architecture
archtecture:architecture arcitecture:architecture assesment:assessment assesments:assessments
assessement:assessment assisstant:assistant assistent:assistant attaintment:attainment attendence:attendance
audting:auditing automatd:automated availabilty:availability availble:available avaliable:available
awarness:awareness begining:beginning benefitial:beneficial benifit:benefit benifits:benefits
buisness:business busines:business businness:business bussiness:business calender:calendar catagory:category
certficate:certificate certifcate:certificate certifed:certified cheif:chief colaborate:collaborate
colaborated:collaborated colaboration:collaboration collaberated:collaborated collabrated:collaborated
colleage:colleague colleages:colleagues collegue:colleague collegues:colleagues comission:commission
comitted:committed comittee:committee commited:committed commitee:committee committe:committee
committment:commitment communciation:communication communicaton:communication competant:competent
competative:competitive competetive:competitive compleated:completed completly:completely
comunicate:communicate comunication:communication conducte:conduct consistant:consistent
consistantly:consistently consulant:consultant consultancey:consultancy consultent:consultant
coordianted:coordinated coordinatd:coordinated cordinate:coordinate cordinated:coordinated costumer:customer
costumers:customers cusomter:customer custmer:customer custumer:customer decison:decision
definately:definitely delievered:delivered deliverd:delivered delivred:delivered deparment:department
departement:department departmnet:department descison:decision desgined:designed desicion:decision
designd:designed desinged:designed develloped:developed develoment:development developement:development
developped:developed devlopment:development differnt:different diffrent:different effecient:efficient
efficency:efficiency efficent:efficient eficiency:efficiency employes:employees employess:employees
emplyee:employee enviroment:environment enviroments:environments environement:environment
equipement:equipment equiptment:equipment estabilished:established establised:established excecuted:executed
excelent:excellent excellant:excellent exectued:executed execuive:executive exisiting:existing
existance:existence expereince:experience experence:experience experiance:experience experienc:experience
expierience:experience expirience:experience faciliated:facilitated facilites:facilities finacial:financial
financal:financial finanical:financial fincancial:financial forcast:forecast forcasting:forecasting
forcasts:forecasts foward:forward fullfil:fulfil fullfilled:fulfilled garantee:guarantee
garanteed:guaranteed gaurantee:guarantee goverment:government govermental:governmental grammer:grammar
guarentee:guarantee heirarchy:hierarchy hierachy:hierarchy hte:the idenitfied:identified
identifed:identified immediatly:immediately implemenation:implementation implementd:implemented
implemention:implementation implemeted:implemented implimented:implemented implmented:implemented
imporved:improved improoved:improved improvment:improvement improvments:improvements imrpoved:improved
indepedent:independent independant:independent independantly:independently inital:initial
initative:initiative initatives:initiatives initiave:initiative integeration:integration
intergrated:integrated intergration:integration interveiw:interview inventroy:inventory
investement:investment investmet:investment knowledgable:knowledgeable knowledgeble:knowledgeable
knowlege:knowledge labratory:laboratory langauge:language langauges:languages lauched:launched
launced:launched leadershp:leadership leadeship:leadership liase:liaise liased:liaised liasing:liaising
liasion:liaison liason:liaison lisence:licence maintainance:maintenance maintainence:maintenance
maintenence:maintenance managaed:managed manageing:managing managemnet:management managment:management
mangaed:managed manged:managed mangement:management manufacter:manufacture manufactering:manufacturing
marketting:marketing markting:marketing milion:million millenium:millennium minumum:minimum modle:model
monitered:monitored monitring:monitoring neccesary:necessary neccessary:necessary necesary:necessary
negociate:negotiate negociated:negotiated negotation:negotiation negotiatied:negotiated noticable:noticeable
noticible:noticeable objectivs:objectives obtaind:obtained occassion:occasion occured:occurred
occurence:occurrence occuring:occurring oportunity:opportunity opportunites:opportunities
oppurtunities:opportunities oppurtunity:opportunity optimzed:optimized optmized:optimized
organisaton:organisation organizaton:organization organziation:organization orginization:organization
orgnaized:organized origional:original overal:overall paralell:parallel parrallel:parallel
partcipated:participated particpated:participated perfomance:performance perfomed:performed
performace:performance performence:performance permanant:permanent personel:personnel personell:personnel
persue:pursue persued:pursued platfrom:platform porject:project portfoilo:portfolio posession:possession
potental:potential prefered:preferred preffered:preferred preformance:performance presantation:presentation
presentaion:presentation presention:presentation prioritzed:prioritized privelege:privilege
priviledge:privilege prject:project proccess:process proccesses:processes procedings:proceedings
proceedure:procedure proces:process processs:process processses:processes procument:procurement
productivitiy:productivity productivty:productivity producton:production profesional:professional
professionnal:professional proffesional:professional proffessional:professional profficient:proficient
proficent:proficient proficiant:proficient programing:programming projcet:project projet:project
promtion:promotion proposla:proposal propsal:proposal publically:publicly purchace:purchase
quantative:quantitative quartely:quarterly quaterly:quarterly questionaire:questionnaire reccomend:recommend
reccomended:recommended reccommended:recommended recieve:receive recieved:received recieving:receiving
recomend:recommend recomendation:recommendation recomendations:recommendations recomended:recommended
recommanded:recommended reconcilation:reconciliation reconciliaton:reconciliation redcued:reduced
reduceing:reducing refered:referred refering:referring regulatry:regulatory relaibility:reliability
relationsip:relationship relatonship:relationship relavant:relevant relevent:relevant reponsible:responsible
researh:research reserach:research responsability:responsibility responsable:responsible
responsibilites:responsibilities responsibilty:responsibility restaraunt:restaurant
restructering:restructuring resturcturing:restructuring revenew:revenue revenu:revenue reveune:revenue
reviewd:reviewed rythm:rhythm saftey:safety schedual:schedule secretery:secretary seperate:separate
seperated:separated seperately:separately servies:services sevice:service shedule:schedule
signficant:significant signifcant:significant significiant:significant similiar:similar softare:software
sofware:software speach:speech spearheded:spearheaded specalist:specialist specfic:specific
specilist:specialist spreadsheat:spreadsheet stakeholdres:stakeholders stakholder:stakeholder
stakholders:stakeholders stategy:strategy steamlined:streamlined stratagy:strategy strategey:strategy
strategys:strategies stratergy:strategy streamlind:streamlined stremlined:streamlined structered:structured
structurd:structured submited:submitted succes:success succesful:successful succesfully:successfully
successfull:successful sucess:success sucessful:successful sucessfully:successfully supercede:supersede
supervison:supervision supervized:supervised suplier:supplier supliers:suppliers suply:supply suport:support
suported:supported surveyd:surveyed sysetm:system systme:system sytem:system sytems:systems tahn:than
taht:that targetted:targeted tarining:training techical:technical technial:technical tecnical:technical
teh:the thier:their thsi:this tommorow:tomorrow trainning:training traning:training transfered:transferred
transfering:transferring transfomation:transformation transformaton:transformation
transfromation:transformation transistion:transition travelleing:travelling truely:truly
turnarond:turnaround unecessary:unnecessary univeristy:university universtiy:university untill:until
utlised:utilised utlized:utilized valuaton:valuation valuble:valuable vendro:vendor verfied:verified
volonteer:volunteer volunter:volunteer wether:whether wich:which workfow:workflow workshps:workshops
worksop:workshop worte:wrote writen:written writting:writing yeild:yield
"""
# British, a colon, American, as stems; endings are compared apart from them.
_SPELLINGS = """
organis:organiz optimis:optimiz analys:analyz standardis:standardiz digitis:digitiz modernis:moderniz
prioritis:prioritiz maximis:maximiz minimis:minimiz summaris:summariz centralis:centraliz customis:customiz
utilis:utiliz realis:realiz recognis:recogniz specialis:specializ finalis:finaliz capitalis:capitaliz
rationalis:rationaliz categoris:categoriz visualis:visualiz stabilis:stabiliz commercialis:commercializ
mobilis:mobiliz monetis:monetiz harmonis:harmoniz localis:localiz normalis:normaliz virtualis:virtualiz
catalogu:catalog programme:program centre:center labour:labor behaviour:behavior colour:color favour:favor
honour:honor neighbour:neighbor fulfilment:fulfillment enrolment:enrollment modelling:modeling modelled:modeled
travelling:traveling travelled:traveled labelling:labeling labelled:labeled cancelled:canceled
cancelling:canceling fuelled:fueled channelled:channeled counselling:counseling defence:defense
licence:license offence:offense skilful:skillful judgement:judgment ageing:aging cheque:check
"""


@cache
def misspellings() -> dict[str, str]:
    """The right word for each wrong one."""
    return {wrong: right for wrong, _, right in (pair.partition(":") for pair in _MISSPELLINGS.split())}


@cache
def _sides() -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs = [pair.split(":") for pair in _SPELLINGS.split()]
    # Words that are right on both sides (check, program, license) tell nothing.
    neutral = {"check", "catalog", "program", "license", "cheque", "analyz", "analys"}
    british = tuple(pair[0] for pair in pairs if pair[0] not in neutral)
    american = tuple(pair[1] for pair in pairs if pair[1] not in neutral)
    return (*british, "analysed", "analysing"), (*american, "analyzed", "analyzing")


@lru_cache(maxsize=KEPT_WORDS)
def side_of(word: str) -> str | None:
    """`UK` or `US` for a word in lower case that is spelled so on one side only."""
    british, american = _sides()
    if word.startswith(british):
        # Organisation has both; but analysis, realist, optimism and specialist are the same everywhere.
        return (
            None
            if word.endswith(("ist", "ists", "ism", "istic", "sis", "programmer", "programmers"))
            else "UK"
        )
    if word.startswith(american) and not word.endswith(("ist", "ism")):
        return None if word.startswith(("programm", "centers")) and word != "centers" else "US"
    return None


SHORTEST = 6
"""Letters; shorter words have too many neighbours."""
LONG = 7
_KATAKANA_WORD = re.compile(r"[ァ-ヴー]{5,}")


@lru_cache(maxsize=KEPT_WORDS)
def corrected(word: str) -> str | None:
    """The right form of a misspelled word in lower case; null for words that are right or not known at all."""
    right = misspellings().get(word) or _short_slips().get(word)
    if right or len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return right
    known, near = _neighbours()
    if word in known or _built_on(word, known):
        return None
    for short in (word, *_shortened(word)):
        for candidate in near.get(short, ()):
            if candidate[0] == word[0] and _one_slip(word, candidate):
                return candidate
    return None


@cache
def _short_slips() -> dict[str, str]:
    """Short words with one letter left out between the first and the last."""
    return {
        word[:index] + word[index + 1 :]: word for word in SHORT.split() for index in range(1, len(word) - 1)
    }


def _built_on(word: str, known: frozenset[str]) -> bool:
    """A regular form of a known word, such as `analysers` or `networked`."""
    for ending in (
        "ers",
        "ors",
        "er",
        "or",
        "ing",
        "ings",
        "ed",
        "able",
        "ly",
        "ally",
        "al",
        "ness",
        "ments",
        "s",
        "d",
        "es",
        "ian",
        "ist",
    ):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            forms = (stem, stem + "e", stem + "y", stem[:-1] + "y" if stem.endswith("i") else stem)
            if len(stem) >= 4 and any(form in known for form in forms):
                return True
            if len(stem) >= 5 and stem[-1] == stem[-2] and stem[:-1] in known:
                return True
    return word.startswith(("re", "un", "co", "pre", "non", "mis", "over", "sub", "out", "in", "de")) and any(
        word[length:] in known for length in (2, 3, 4)
    )


def _shortened(word: str) -> Iterator[str]:
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _one_slip(word: str, right: str) -> bool:
    """One letter too many, too few or wrong, or two swapped."""
    start = 0
    while start < min(len(word), len(right)) and word[start] == right[start]:
        start += 1
    if len(word) == len(right):
        swapped = (
            word[start : start + 2] == right[start : start + 2][::-1]
            and word[start + 2 :] == right[start + 2 :]
        )
        # A changed letter makes one real word of another too easily where words are short.
        return swapped or (len(word) > LONG and word[start + 1 :] == right[start + 1 :])
    longer, shorter = (word, right) if len(word) > len(right) else (right, word)
    return len(longer) - len(shorter) == 1 and longer[start + 1 :] == shorter[start:]


@cache
def _neighbours() -> tuple[frozenset[str], dict[str, list[str]]]:
    """All known words, and the long ones under each form with one letter left out."""
    words = {form for form in verb_forms() if form.isalpha()}
    for word in COMMON.split():
        words |= {word, f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"}
    near: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) > SHORTEST:
            for short in {word, *_shortened(word)}:
                near.setdefault(short, []).append(word)
    return frozenset(words | set(ALSO_WORDS.split())), near


def corrected_japanese(text: str) -> Iterator[tuple[int, int, str]]:
    """Wrong words of a Japanese text: place, end, right form."""
    taken: list[tuple[int, int]] = []
    for wrong, right in _confused().items():
        start = text.find(wrong)
        while start >= 0:
            taken.append((start, start + len(wrong)))
            yield start, start + len(wrong), right
            start = text.find(wrong, start + 1)
    for match in _KATAKANA_WORD.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        right = _katakana(match[0])
        if right:
            yield match.start(), match.end(), right


@cache
def _confused() -> dict[str, str]:
    return {wrong: right for wrong, _, right in (pair.partition(":") for pair in CONFUSED_JA.split())}


SHORTEST_LOAN = 4
"""Characters of a loanword from which on an end that is missing or written twice is a slip."""


@cache
def _doubled_ends() -> tuple[str, ...]:
    return tuple(word + word[-1] for word in KATAKANA.split())


@lru_cache(maxsize=KEPT_WORDS)
def _katakana(word: str) -> str | None:
    """The loanword this is a slip of; long vowels may be written or not."""
    plain = word.replace("ー", "")
    common = KATAKANA.split()
    if len(word) > SHORTEST_LOAN and word[-1] == word[-2] != "ー" and word.endswith(_doubled_ends()):
        return next(other for other in common if word.endswith(other + other[-1]))
    if any(plain == other.replace("ー", "") or other in word for other in common):
        return None
    for other in common:
        bare = other.replace("ー", "")
        if len(plain) > SHORTEST_LOAN and plain == bare[:-1]:
            return other
        if len(bare) >= 5 and bare[0] == plain[0] and bare[-1] == plain[-1] and _one_slip(plain, bare):
            return other
    return None
