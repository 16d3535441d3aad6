"""A line's text -> units: the people, the kinds, and the small words that decide what is claimed.

English is read by lists, because a wrong "you spoke last week" silences a reminder: each list below
is a class of words that lets a sentence claim that something happened, or keeps it from claiming it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from vaultnet.core.kinds import Entry, Form, entries

FIRST_PERSON = 0xE000
"""Code point that stands for the first person of a text, the next for the second, and so on."""
MOST_PEOPLE = 0x1900
"""How many people one text can name: so many code points are private."""
_MOST = 6000
"""Characters of a line that are read; nobody tells more in one."""


class Part(Enum):
    """What a unit does in the sentence."""

    PERSON = auto()
    KIND = auto()
    """A word of `KINDS`."""
    ME = auto()
    """I, we, me, us."""
    MINE = auto()
    THEY = auto()
    """he, she, they"""
    THEM = auto()
    """him, her, them"""
    THEIR = auto()
    PREPOSITION = auto()
    AND = auto()
    COMMA = auto()
    BUT = auto()
    """Begins a new clause: but, then, so, because."""
    WHO = auto()
    """Begins a clause about somebody or something: who, that, when, if."""
    BREAK = auto()
    """A colon, a dash, an arrow, a bracket, a cell's end."""
    COLON = auto()
    STOP = auto()
    QUESTION = auto()
    PLAN = auto()
    """Not yet, or only wished: need, should, will, to do, hope."""
    NOT = auto()
    """Not at all: didn't, never, tried, forgot, missed."""
    SET = auto()
    """Something was arranged, prepared or moved, not done: scheduled, booked, prep, agenda."""
    CANCELLED = auto()
    MOVED = auto()
    """moved to, pushed back: of an appointment, not of a person"""
    UNANSWERED = auto()
    """no answer, didn't pick up"""
    FUTURE = auto()
    """tomorrow, next week"""
    PAST_TIME = auto()
    """years ago, last year, used to: told today, but long gone."""
    SAID = auto()
    """said, thinks: what follows is what somebody said."""
    IS = auto()
    """is, are: a state."""
    BRACKET = auto()
    WAS = auto()
    """was, were, got: a state, or the passive voice."""
    HAD = auto()
    """had, grabbed, went: with a kind's noun it tells what happened."""
    HAVE = auto()
    """have, grab, go: the same as a plan."""
    FILLER = auto()
    """Articles, adverbs, times, numbers, other emoji: they change nothing."""
    WORD = auto()
    """Any other word."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of a sentence."""

    part: Part
    text: str
    person: str = ""
    """Path of the contact, of a PERSON."""
    owns: bool = False
    """Whether the person has an apostrophe-s."""
    entry: Entry | None = None

    @property
    def noun(self) -> bool:
        """Whether this can be a kind's noun."""
        return self.entry is not None and self.entry.noun is not None

    @property
    def verb(self) -> bool:
        """Whether this can be a kind's verb."""
        return self.entry is not None and self.entry.verb != ""


_Phrases = Mapping[str, Sequence[tuple[tuple[str, ...], Part, Entry | None]]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words that mean something, by their first word, the longest phrase first."""

    phrases: _Phrases
    unspaced: re.Pattern[str] | None = None
    """The user's words in scripts that put no space between words."""

    def __contains__(self, word: str) -> bool:
        return word in self.phrases


def vocabulary(more: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """Gather the table's words, the small words and the user's own words for kinds."""
    return _vocabulary(tuple(sorted((kind, tuple(words)) for kind, words in more.items())))


def read_units(text: str, people: Sequence[str], words: Vocabulary) -> tuple[Unit, ...]:
    """Read a text into units. Person n of `people` stands in it as the character 0xE000 + n."""
    tokens = _tokens(text, words)
    units: list[Unit] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if "\ue000" <= token[0] < "\uf900":
            owns = len(token) > 1
            person = people[ord(token[0]) - FIRST_PERSON]
            units.append(Unit(Part.PERSON, token, person, owns))
            at += 1
            continue
        for phrase, part, entry in words.phrases.get(token, ()):
            if tuple(tokens[at : at + len(phrase)]) == phrase:
                units.append(Unit(part, " ".join(phrase), entry=entry))
                at += len(phrase)
                break
        else:
            units.append(Unit(_part_of(token), token))
            at += 1
    while units and units[0].part is Part.BREAK:
        units.pop(0)
    return tuple(units)


def names_kind(text: str, words: Vocabulary) -> bool:
    """Say quickly whether any word of the text could begin a kind's word."""
    return any(
        entry for token in _tokens(text, words) for _, _, entry in words.phrases.get(token, ())
    )


@lru_cache(maxsize=4)
def _vocabulary(more: tuple[tuple[str, tuple[str, ...]], ...]) -> Vocabulary:
    known: dict[tuple[str, ...], tuple[Part, Entry | None]] = {}
    unspaced: list[str] = []
    for text, entry in entries(dict(more)):
        tokens = tuple(_split(_normal(text)))
        if not tokens:
            continue
        if entry.free and _UNSPACED.search(text):
            unspaced.append(_normal(text).strip())
        known[tokens] = (Part.KIND, entry)
    for part, phrases in _SMALL_WORDS.items():
        for phrase in phrases.split(","):
            known.setdefault(tuple(_split(_normal(phrase))) or (",",), (part, None))
    by_first: dict[str, list[tuple[tuple[str, ...], Part, Entry | None]]] = {}
    for tokens in sorted(known, key=len, reverse=True):
        by_first.setdefault(tokens[0], []).append((tokens, *known[tokens]))
    pattern = re.compile("|".join(map(re.escape, sorted(unspaced, key=len, reverse=True))))
    return Vocabulary(by_first, pattern if unspaced else None)


_SMALL_WORDS: Mapping[Part, str] = {
    Part.ME: "i,we,me,us,myself,ourselves,i've,we've,i'm,we're,both of us",
    Part.MINE: "my,our,mine",
    Part.THEY: "he,she,they,he's,she's,they're,they've,he'd been,she'd been",
    Part.THEM: "him,them,each other,one another",
    Part.THEIR: "his,her,their,someone's,somebody's,your",
    Part.PREPOSITION: """with,to,from,for,of,on,in,at,by,about,re,regarding,concerning,over,during,after,before,
        until,till,as,than,into,without,through,via,around,between,near,following,since,against,onto,
        per,within,toward,towards,behind,beside,besides,despite,except,like,off,under,upon,w,@,+1""",
    Part.AND: "and,&,+,plus,as well as,/,↔,<->",
    Part.COMMA: ",，,、",
    Part.BUT: """but,then,and then,so,because,bc,while,whereas,though,although,however,cause,cuz,
        so that,yet,except that,afterwards,after which""",
    Part.WHO: "who,whom,whose,which,that,where,when,if,whether,once,unless,why,how,what,how to,in case,as if",
    Part.BREAK: "–,—,-,--,→,->,⇒,>,|,•,·,=,=>",
    Part.COLON: ":,：",
    Part.STOP: ".,;,!,。,！,；",
    Part.QUESTION: "?,？",
    Part.PLAN: """need,needs,needed,need to,have to,has to,gotta,got to go,must,should,shall,ought,want,wants,
        wanted,wanna,wish,wishes,wish i,wish we,i wish,we wish,wished i,wished we,wishing,hope,hopes,hoped,hoping,will,gonna,going to,about to,
        could,can,could've,should've,would've,would,i'd,we'd,might,maybe,perhaps,possibly,potentially,probably,let's,lets,
        todo,to-do,to do,remember to,remember,reminder,don't forget,intend,intends,intended,thinking of,
        thinking about,thinking,think about,thought about,consider,considering,considered,wonder,
        wondering,wondered,supposed,meant to,looking forward,look forward,idea,ideas,goal,goals,intention,resolution,
        due,pending,tbd,tbc,tentative,was going to,were going to,owe,owes,owed,promised,promise,
        feel like,felt like,in the mood for,up for,keen on,keen to,eager,dying to,itching,
        waiting,wait,awaiting,waiting for,waiting on,expecting,expect,hold off,someday,some day,
        one day,next up,next step,next steps,next action,action item,follow-up needed,ask if,see if,up next,next:,
        would like,would love,likely,time to,had better,ready to,ready for,be great to,aim,aiming,
        soon,no rush,too long since,haven't,hasn't,hadn't,have not,has not,
        if only,had i,should have,could have,would have,was about to,were about to,
        can't wait,cannot wait,plan b,waitlist,morgen,demain,mañana,à faire,muss,sollte,quiero""",
    Part.NOT: """not,never,no,without,nobody,none,nothing,neither,nor,hardly,almost,nearly,instead of,rather than,unable,
        failed,fail,refused,avoid,avoided,avoiding,missed,miss,misses,skip,skipped,skipping,forgot,forget,
        forgot to,cannot,try,tries,tried,trying,attempted,attempt,dream,dreamt,dreamed,dreaming,nightmare,
        imagined,imagine,imagining,pretended,unsuccessful,kein,keine,nicht,nie,pas,jamais,too busy,
        too tired,too late,chickened out,decided against,opted out,declined,lost touch,out of touch,
        sick of,no time,stop,stopped talking,not yet,didn't get to,didn't get around to,ghosted""",
    Part.SET: """schedule,schedules,scheduled,scheduling,reschedule,rescheduling,set up,setting up,setup,
        book,booked,booking,plan,plans,planned,planning,arrange,arranged,arranging,organise,organize,organised,
        organized,organising,organizing,propose,proposed,proposing,suggest,suggested,suggesting,suggests,
        confirm,confirmed,confirming,accept,accepted,decline,declining,prepare,prepared,preparing,
        preparation,prep,prepped,prepping,draft,drafted,drafting,drafts,agenda,upcoming,agreed,agree,
        invited,slides for,find time,find a time,found a time,find a slot,found a slot,found a date,find a date,pencil,pencilled,penciled,pencilled in,
        penciled in,put in,calendar,sort out,sorted out,check,dread,dreading,dreaded,organizer,
        invitation for,request for,requested,requesting,remembering,recall,
        recalled,recalling,reminisce,reminisced,reminiscing,rsvp,rsvp'd,signed up,sign up,registered,register,
        set a date,set a time,set date,fix a date,fixed a date,finalise,finalize,finalised,finalized,
        reminder for,reminded,nervous,excited,anxious,worried,ahead of,in preparation,researching,research,researched,
        rehearse,rehearsed,practise,practised,practice,practiced,practicing,practising,
        ready,pushing,moving,transcribe,transcribed,questions for,topics for,
        bring up,discuss at,cancel,cancelling,canceling,postpone,decide""",
    Part.CANCELLED: """cancelled,canceled,cancels,postponed,postpones,rescheduled,reschedules,called off,no-show,no show,
        noshow,didn't happen,did not happen,never happened,fell through,didn't show,did not show,
        no showed,bailed,stood me up,stood us up,didn't make it,couldn't make it,could not make it,can't make it,
        couldn't come,didn't come,didn't turn up,didn't attend,didn't join,flaked,flaked out,skipped it,
        missed it,didn't take place,wasn't held,abgesagt,verschoben,annulé,annulée,reporté,cancelado,cancelada,
        aplazado,❌,🚫,forgot to come,forgot about it,never showed,never came,never turned up,overslept""",
    Part.MOVED: """moved,moved to,got moved,was moved,been moved,pushed,pushed to,pushed back,shifted to,
        delayed,delayed to,brought forward""",
    Part.UNANSWERED: """no answer,no pick up,no pickup,didn't pick up,did not pick up,didn't answer,did not answer,
        didn't get through,couldn't get through,went to voicemail,straight to voicemail,no luck,
        got voicemail,got her voicemail,got his voicemail,got their voicemail,got the voicemail,
        got the machine,answering machine,busy signal,line was busy,line busy,wouldn't pick up,unreachable,
        couldn't reach,not reachable,couldn't get hold,wrong number,rang out,nobody home,not home,
        wasn't home,wasn't there,wasn't in,nobody there,not in,wasn't available,never picked up,unavailable,
        no one home,no one picked up,nobody picked up,no one answered,nobody answered""",
    Part.FUTURE: """tomorrow,tmrw,tmw,tomorrow's,tonight,next week,next month,next year,next quarter,next time,
        next monday,next tuesday,next wednesday,next thursday,next friday,next saturday,next sunday,
        later today,later this week,later this month,on monday,on tuesday,on wednesday,on thursday,
        on friday,on saturday,on sunday,on mon,on tue,on wed,on thu,on fri,on sat,on sun,this friday,
        this saturday,this sunday,this thursday,this weekend,coming week,in two weeks,in a week,in a month,in a few weeks,in a few days,
        next few weeks,coming up,to be confirmed,at some point,some time,sometime""",
    Part.PAST_TIME: """used to,years ago,months ago,year ago,month ago,decades ago,decade ago,long ago,
        ages ago,last year,last month,last summer,last winter,last spring,last autumn,last fall,last time,the last time,
        back in,back when,ever since,the day we,the day i,the first time,first met,how we met,
        where we met,when we met,when i met,where i met,when i first,when we first,remember when,
        anniversary,reminds me,reminded me of,known,in college,in school,at school,at university,in uni,at uni,
        always,usually,often,sometimes,rarely,every week,every month,every day,every year,each week,every time,once a,
        twice a,per week,in the past,previously,formerly,old times,originally,haven't spoken since""",
    Part.SAID: """said,says,say,thinks,thought,reckons,claims,claimed,announced,announces,knows,knew,know,believes,
        believed,heard,hear,apparently,according to,explains,mentioned,mentions,noted,noticed,realised,
        realized,found out,learned,learnt,seems,rumour,rumor,saw that,read that,swears,complained,bragged,
        i think,i guess,i believe,reportedly,posted,tweeted,published""",
    Part.IS: "is,are,isn't,aren't,am,be,remains,stays,becomes",
    Part.WAS: "was,were,been,being,got,gets,getting,get,'s",
    Part.HAD: """had,grabbed,took,went,gone,made,makes,held,enjoyed,shared,attended,ran,joined,finished,did,
        hosted,squeezed,squeezed in,hopped,hopped on,jumped,jumped on,wrapped,wrapped up,ended,started,
        cooked,managed,managed to have,sneaked,snuck,popped,popped out,stepped out,having,grabbing,having had,
        doing,going,spent,kicked off,concluded,left,survived,led,facilitated,chaired,loved,needed a,
        sat through,sat in,bought,treated,brought,ordered,stayed,celebrated,met up,got out,went out,
        dialled into,dialed into,received,exchanged,dropped,shot,fired,fired off,paid,swapped,traded,
        caught,ate,drank,completed,closed,closed out,opened,walked,ended with,ended up having,taking,making""",
    Part.HAVE: """have,has,grab,take,go,make,hold,do,does,enjoy,attend,join,host,hop on,jump on,
        buy,bring,cook,order,keep,find,push,move,add,put,give,finish,drop,pay,sort,
        fit in,squeeze in,celebrate,try out,look,run,let,meet for,start,reply,go for,head,use""",
    Part.FILLER: """a,an,the,some,another,this,these,those,just,finally,also,again,today,yesterday,later,earlier,now,
        already,ok,okay,btw,well,first,second,third,last,quick,long,short,brief,nice,great,good,lovely,morning,afternoon,evening,
        night,noon,lunchtime,weekend,week,day,month,monday,tuesday,wednesday,thursday,friday,saturday,sunday,
        mon,tue,wed,thu,fri,sat,sun,january,february,march,april,june,july,august,september,october,november,
        december,jan,feb,mar,apr,jun,jul,aug,sep,sept,oct,nov,dec,am,pm,all,both,too,very,really,early,late,
        even,only,still,ever,out,up,back,together,along,over there,there,here,home,online,irl,virtually,once more,
        once again,twice,at last,at length,in person,at the same time,in the morning,in the afternoon,in the evening,
        this morning,this afternoon,this evening,last night,last week,last monday,last tuesday,last wednesday,
        last thursday,last friday,last saturday,last sunday,so far,by phone,right away,straight away,
        asap,properly,half,hour,hours,minutes,min,mins,bit,a bit,lot,a lot,proactively,out of the blue,
        unexpected,spontaneous,impromptu,same day,long overdue,to-and-fro,back-to-back,what a,what an,as always,as usual,as planned,as promised""",
    Part.BRACKET: "(,),[,],{,}",
}
"""In English; a few words of other languages undo what a user's own word for a kind would claim."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Thai, Lao, Burmese, Khmer, Kana and Han: scripts that write no space between words."""

_ONE_TO_ONE = re.compile(
    r"\b(?:1|one)(?:\s?:\s?|-to-|\s?to\s?|[-\s]?on[-\s]?|[-–])(?:1|one)(?:['’]?s)?\b(?!\d)"
)
_CLOCK = re.compile(
    r"\b(?:at\s++)?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d(?:\s?[ap]m)?|\s?[ap]m)\b"
    r"(?:\s?(?:[-–—]|to)\s?(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?(?:\s?[ap]m)?\b)?"
)
_SPELL = re.compile(r"\b\d{1,3}\s?-?(?:minutes?|mins?|m|hours?|hrs?|h)\b")
_STRUCK = re.compile(r"~~[^~]++~~")
_QUOTED = re.compile(r"[“„«][^“”„«»]*+[”“»]|(?<![\w])\"[^\"]++\"")
_TOKEN = re.compile(
    r"[\ue000-\uf8ff](?:'s(?!\w)|'(?!\w))?|1:1|[^\W\d_]+(?:[-'][^\W\d_]+)*|\d+|\.{2,}|->|--+|\S"
)
_JOINED = re.compile(r"(?<=\d)[-–](?=\w)|(?<=\w)[-–](?=\d)")
_WITH = re.compile(r"\bw/(?!\w*/)|\bw\.?(?=\s[\ue000-\uf8ff])")
_MEANT = {
    "back and forth": "to-and-fro",
    "together with": "with",
    "along with": "with",
    "rec'd": "received",
    "tel. ": "tel ",
    " abt ": " about ",
}
_REGARDING = re.compile(r"\bre:")


def _tokens(text: str, words: Vocabulary) -> list[str]:
    text = _normal(text)
    if words.unspaced:
        text = words.unspaced.sub(r" \g<0> ", text)
    tokens: list[str] = []
    for token in _split(text):
        if "-" in token and len(token) > 2 and token[0] != "-" and token not in words:
            tokens += token.split("-")
        else:
            tokens.append(token)
    return tokens


def _normal(text: str) -> str:
    """Bring a text into the form in which words are compared: 1:1, w/ and times made plain."""
    text = text[:_MOST]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'").replace("\ufe0f", "")
    text = text.lower()
    if "~~" in text:
        text = _STRUCK.sub(" ", text)
    if '"' in text or not text.isascii():
        text = _QUOTED.sub(" ", text)
    text = _ONE_TO_ONE.sub(" 1:1 ", text)
    text = _SPELL.sub(" ", _CLOCK.sub(" ", text))
    text = _JOINED.sub(" ", text)
    text = _WITH.sub(" with ", text.replace("w/o", "without"))
    for phrase, meant in _MEANT.items():
        if phrase in text:
            text = text.replace(phrase, meant)
    return _REGARDING.sub("re ", text)


def _split(text: str) -> list[str]:
    """Split into tokens; a hyphen or dash between spaces becomes a dash."""
    return _TOKEN.findall(text)


def _part_of(token: str) -> Part:
    """Say what a word does that stands in no list."""
    if token[0].isalpha():
        if token.endswith("n't"):
            return Part.NOT
        if token.endswith("'ll"):
            return Part.PLAN
        if token.endswith("ly") and len(token) > 4:
            return Part.FILLER
        return Part.WORD
    if token.startswith("..") or token == "…":
        return Part.BREAK
    return Part.FILLER
