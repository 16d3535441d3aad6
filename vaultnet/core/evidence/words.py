"""The small words of English: by lists, because each class lets a sentence claim something, or not.

A wrong "you spoke last week" silences a reminder, so a word that leaves a doubt stands on the side
of doubt. The kinds' own words are not here but in `core.kinds`; where a word is in both, they win.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.kinds import Form
from vaultnet.core.model import Kind


class Part:
    """What a word or phrase does in the sentence.

    Numbers and no Enum: they are compared some hundred times a line, and looking up a member of an
    Enum takes five times as long (Python 3.11).
    """

    PERSON: Final = 1
    KIND: Final = 2
    """A word of `KINDS`."""
    ME: Final = 3
    """I, we, me, us."""
    MINE: Final = 4
    THEY: Final = 5
    """he, she, they"""
    THEM: Final = 6
    """him, them; `her` is read by what follows it."""
    THEIR: Final = 7
    PREPOSITION: Final = 8
    AND: Final = 9
    COMMA: Final = 10
    BUT: Final = 11
    """Begins a new clause: but, then, so, because."""
    WHO: Final = 12
    """Begins a clause about somebody or something: who, that, when, if."""
    BREAK: Final = 13
    """A dash, an arrow, a cell's end."""
    COLON: Final = 14
    BRACKET: Final = 15
    STOP: Final = 16
    QUESTION: Final = 17
    PLAN: Final = 18
    """Not yet, or only wished: need, should, will, to do, hope."""
    NOT: Final = 19
    """Not at all: didn't, never, tried, forgot, missed."""
    SET: Final = 20
    """Arranged, prepared or remembered, not done: scheduled, booked, prep, agenda."""
    CANCELLED: Final = 21
    MOVED: Final = 22
    """moved to, pushed back: of an appointment, not of a person"""
    UNANSWERED: Final = 23
    """no answer, didn't pick up"""
    FUTURE: Final = 24
    """tomorrow, next week"""
    LONG_AGO: Final = 25
    """years ago, used to, always: told today, but not of today."""
    SAID: Final = 26
    """said, thinks: what follows is what somebody said."""
    IS: Final = 27
    WAS: Final = 28
    """was, were, got: a state, or the passive voice."""
    HAD: Final = 29
    """had, grabbed, went: with a kind's noun it tells what happened."""
    HAVE: Final = 30
    """have, grab, go: the same as a plan."""
    FILLER: Final = 31
    """Articles, adverbs, times, numbers, other emoji: they change nothing."""
    WORD: Final = 32
    """Any other word."""


@frozen(eq=False)
class Unit:
    """A word or phrase of a sentence, and what it can mean.

    Made once for all words that are read alike (`alike`), and looked at a hundred times a line: so
    its meaning stands in it, and one unit equals another only where it is the same.
    """

    part: int
    text: str
    person: str = ""
    """The character that stands for a PERSON."""
    owns: bool = False
    """Whether the person has an apostrophe-s."""
    noun: Kind | None = None
    """The kind of which this can be the noun."""
    verb: str = ""
    """The verb's base form, of which this can be a form; else empty."""
    form: Form | None = None
    """The verb's form."""
    frames: Mapping[str, Kind] = fresh(factory=dict)
    """Of a verb: what stands between it and the person -> the kind it then is."""
    free: bool = False
    """The user's own word: its grammar is unknown."""


LISTS: Mapping[int, str] = {
    Part.ME: "i,we,me,us,myself,ourselves,i've,we've,i'm,we're,both of us",
    Part.MINE: "my,our,mine",
    Part.THEY: "he,she,they,he's,she's,they're,they've",
    Part.THEM: "him,them,each other,one another",
    Part.THEIR: "his,her,their,someone's,somebody's,your",
    Part.PREPOSITION: """with,to,from,for,of,on,in,at,by,about,re,regarding,concerning,over,during,after,
        before,until,till,as,than,into,without,through,via,around,between,near,following,since,against,
        onto,per,past,within,toward,towards,behind,beside,besides,alongside,despite,except,like,off,under,upon,chez,@""",
    Part.AND: "and,&,+,plus,as well as,/,↔,<->",
    Part.COMMA: ",,，,、",
    Part.BUT: """but,then,and then,so,because,bc,while,whereas,though,although,however,cause,cuz,so that,yet,
        except that,afterwards,after which""",
    Part.WHO: """who,whom,whose,which,that,where,when,if,whether,once,unless,why,how,what,how to,in case,
        as if""",
    Part.BREAK: "–,—,-,--,→,->,⇒,>,|,•,·,=,=>",
    Part.COLON: ":,：",
    Part.BRACKET: "(,),[,],{,}",
    Part.STOP: ".,;,!,。,！,；",
    Part.QUESTION: "?,？",
    Part.PLAN: """need,needs,needed,need to,have to,has to,gotta,got to go,must,should,shall,ought,want,wants,
        wanted,wanna,wish,wishes,wish i,wish we,i wish,we wish,wished i,wished we,wishing,hope,hopes,hoped,
        hoping,will,gonna,going to,about to,could,can,could've,should've,would've,would,i'd,we'd,might,maybe,
        perhaps,possibly,potentially,probably,likely,let's,lets,todo,to-do,to do,remember to,remember,
        reminder,don't forget,intend,intends,intended,thinking of,thinking about,thinking,think about,
        thought about,consider,considering,considered,wonder,wondering,wondered,supposed,meant to,
        keep meaning to,looking forward,look forward,idea,ideas,goal,goals,intention,resolution,due,pending,
        tbd,tbc,tentative,was going to,were going to,owe,owes,owed,promised,promise,feel like,felt like,
        in the mood for,up for,keen on,keen to,eager,dying to,itching,waiting,wait,awaiting,waiting for,
        waiting on,expecting,expect,hold off,someday,some day,one day,next up,next:,up next,next step,
        next steps,next action,action item,action items,follow-up needed,ask if,see if,would like,would love,
        time to,had better,ready to,ready for,be great to,aim,aiming,soon,no rush,too long since,haven't,
        hasn't,hadn't,have not,has not,if only,next bank holiday,next term,next spring,next summer,next autumn,next winter,next fall,next sprint,next half-term,next session,had i,was about to,were about to,can't wait,cannot wait,
        on my list,to-do list,bucket list,wish list,wishlist,morgen,demain,mañana,muss,sollte,quiero""",
    Part.NOT: """not,never,no,without,nobody,none,nothing,neither,nor,hardly,almost,nearly,instead of,
        rather than,unable,failed,fail,refused,avoid,avoided,avoiding,missed,miss,misses,skip,skipped,
        skipping,forgot,forget,forgot to,cannot,try,tries,tried,trying,attempted,attempt,dream,dreamt,
        dreamed,dreaming,nightmare,imagined,imagine,imagining,pretended,too shy,unsuccessful,kein,keine,nicht,nie,
        pas,jamais,too busy,too tired,too late,chickened out,decided against,opted out,declined,lost touch,
        out of touch,sick of,no time,stop,stopped talking,not yet,phone tag,didn't get to,didn't get around to,
        ghosted""",
    Part.SET: """schedule,schedules,scheduled,scheduling,reschedule,rescheduling,set up,setting up,setup,
        book,booked,booking,plan,plans,planned,planning,arrange,arranged,arranging,organise,organize,
        organised,organized,organising,organizing,propose,proposed,proposing,suggest,suggested,suggesting,
        suggests,confirm,confirmed,confirming,accept,accepted,decline,declining,prepare,prepared,preparing,
        preparation,prep,prepped,prepping,draft,drafted,drafting,drafts,agenda,upcoming,agreed,agree,
        slides for,find time,find a time,found a time,find a slot,found a slot,found a date,find a date,
        pencil,pencilled,penciled,pencilled in,penciled in,put in,calendar,sort out,sorted out,check,dread,
        dreading,dreaded,invitation for,request for,requested,requesting,rsvp,rsvp'd,signed up,sign up,
        registered,register,set a date,set a time,set date,fix a date,fixed a date,finalise,finalize,
        finalised,finalized,reminder for,nervous,excited,anxious,worried,ahead of,research,researched,
        researching,rehearse,rehearsed,practise,practised,practice,practiced,practicing,practising,ready,
        pushing,moving,transcribe,transcribed,questions for,topics for,bring up,discuss at,cancel,cancelling,
        canceling,postpone,decide,remembering,recall,recalled,recalling,reminisce,reminisced,reminiscing,
        old letter,old letters,old email,old emails,old message,old messages,reread,archive,archived,delete,
        deleted,searched,print,printed,saved,filed,flagged,listened to a,listened to an,listened to the,
        listened to her,listened to his,listened to their,listened to some,listening to a,listening to an,
        listening to the,listening to her,listening to his,listening to their,listen to the,listen to a,
        listen to her,listen to his,watched,watching,watch,reading,read the,read an,call to action,
        calls to action,call for papers,on call""",
    Part.CANCELLED: """cancelled,canceled,cancels,postponed,postpones,rescheduled,reschedules,called off,
        no-show,no show,noshow,didn't happen,did not happen,never happened,fell through,didn't show,
        did not show,no showed,bailed,stood me up,stood us up,didn't make it,couldn't make it,
        could not make it,can't make it,couldn't come,didn't come,didn't turn up,didn't attend,didn't join,
        flaked,flaked out,skipped it,missed it,didn't take place,wasn't held,forgot to come,forgot about it,
        never showed,never came,never turned up,overslept,abgesagt,verschoben,annulé,annulée,reporté,
        cancelado,cancelada,aplazado,❌,🚫,didn't send,did not send,never sent,didn't post it,
        didn't send it,never sent it,did not send it,didn't finish it,not sent,unsent,haven't sent""",
    Part.MOVED: """moved,moved to,got moved,was moved,been moved,pushed,pushed to,pushed back,shifted to,
        delayed,delayed to,brought forward""",
    Part.UNANSWERED: """no answer,no pick up,no pickup,didn't pick up,did not pick up,didn't answer,
        did not answer,didn't get through,couldn't get through,went to voicemail,straight to voicemail,
        no luck,got voicemail,got her voicemail,got his voicemail,got their voicemail,got the voicemail,
        got the machine,answering machine,busy signal,line was busy,line busy,wouldn't pick up,unreachable,
        couldn't reach,could not reach,not reachable,couldn't get hold,wrong number,rang out,nobody home,
        nobody was in,no one was in,nobody was home,no one was home,nobody in,she was out,he was out,they were out,not home,wasn't home,wasn't there,wasn't in,nobody there,not in,wasn't available,never picked up,
        unavailable,no one home,no one picked up,nobody picked up,no one answered,nobody answered""",
    Part.FUTURE: """tomorrow,tmrw,tmw,tomorrow's,tonight,next week,next month,next year,next quarter,
        next time,next monday,next tuesday,next wednesday,next thursday,next friday,next saturday,
        next sunday,later today,later this week,later this month,on monday,on tuesday,on wednesday,
        on thursday,on friday,on saturday,on sunday,on mon,on tue,on wed,on thu,on fri,on sat,on sun,
        this friday,this saturday,this sunday,this thursday,this weekend,coming week,in two weeks,in a week,
        in a month,in a few weeks,in a few days,next few weeks,coming up,to be confirmed,at some point,
        some time,sometime""",
    Part.LONG_AGO: """used to,years ago,months ago,year ago,month ago,decades ago,decade ago,long ago,ages ago,
        ages since,while since,months since,weeks since,years since,days since,last year,last month,
        last summer,last winter,last spring,last autumn,last fall,last time,the last time,back in the day,back in college,back when,
        ever since,the day we,the day i,the first time,first met,how we met,where we met,when we met,
        when i met,where i met,when i first,when we first,remember when,anniversary,reminds me,reminded me of,
        known,in college,in school,at school,at university,in uni,at uni,always,usually,often,sometimes,
        rarely,every week,every month,every day,every year,each week,every time,once a,twice a,per week,
        in the past,for a year,for years,for months,for ages,previously,formerly,old times,originally""",
    Part.SAID: """said,says,say,thinks,thought,reckons,claims,claimed,announced,announces,knows,knew,know,
        believes,believed,apparently,according to,explains,mentioned,mentions,noted,noticed,realised,
        realized,found out,learned,learnt,seems,rumour,rumor,saw that,read that,heard that,swears,
        complained,bragged,i think,i guess,i believe,reportedly,posted,tweeted,published""",
    Part.IS: "is,are,isn't,aren't,am,be,remains,stays,becomes",
    Part.WAS: "was,were,been,being,got,gets,getting,get,'s",
    Part.HAD: """had,grabbed,took,went,gone,made,makes,held,enjoyed,shared,attended,ran,joined,finished,did,
        hosted,squeezed,squeezed in,hopped,hopped on,jumped,jumped on,wrapped,wrapped up,ended,started,
        cooked,managed,sneaked,snuck,popped,popped out,stepped out,having,grabbing,doing,going,spent,
        kicked off,concluded,left,survived,led,facilitated,chaired,loved,sat through,sat in on,bought,treated,
        shouted,stood,brought,ordered,stayed,celebrated,got out,went out,dialled into,dialed into,received,
        exchanged,dropped,shot,fired,fired off,paid,swapped,traded,caught,ate,drank,completed,closed,
        closed out,opened,walked,ended with,taking,making""",
    Part.HAVE: """have,has,grab,take,go,make,hold,do,does,enjoy,attend,join,host,hop on,jump on,buy,bring,
        cook,order,keep,find,push,move,add,put,give,finish,drop,pay,sort,fit in,squeeze in,celebrate,
        try out,look,run,let,start,go for,head,use""",
    Part.FILLER: """a,an,the,some,another,this,these,those,just,finally,also,again,today,yesterday,later,
        earlier,now,already,ok,okay,btw,well,first,second,third,last,quick,long,short,brief,nice,great,good,
        lovely,morning,afternoon,evening,night,noon,lunchtime,weekend,week,day,month,monday,tuesday,
        wednesday,thursday,friday,saturday,sunday,mon,tue,wed,thu,fri,sat,sun,january,february,march,april,
        june,july,august,september,october,november,december,jan,feb,mar,apr,jun,jul,aug,sep,sept,oct,nov,
        dec,am,pm,all,both,too,very,really,early,late,even,only,still,ever,out,up,back,together,along,
        over there,there,here,home,online,irl,virtually,once more,once again,twice,at last,at length,
        in person,at the same time,in the morning,in the afternoon,in the evening,this morning,
        this afternoon,this evening,last night,last week,last monday,last tuesday,last wednesday,
        last thursday,last friday,last saturday,last sunday,so far,by phone,right away,straight away,asap,
        properly,next door,half,hour,hours,minutes,min,mins,bit,a bit,lot,a lot,proactively,out of the blue,unexpected,
        spontaneous,impromptu,same day,long overdue,overdue,back-to-back,cold,for the first time,
        what a,what an,as always,as usual,as planned,as promised,business card,business cards,credit card""",
    Part.WORD: """dream job,dream house,dream home,dream team,dream holiday,dream role,dream car,sent apologies,
        sends apologies,sent his apologies,sent her apologies,sent their apologies,book review,film review,
        review copy,next to""",
}
"""In English; a few words of other languages undo what a user's own word for a kind would claim."""


def _set(words: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in words.split(","))


CLAUSE_END = frozenset(
    {Part.COMMA, Part.BUT, Part.BREAK, Part.COLON, Part.STOP, Part.QUESTION, Part.BRACKET}
)
SENTENCE_END = frozenset({Part.STOP, Part.QUESTION})
CLOSING = CLAUSE_END | {Part.AND}
SILENT = frozenset(
    {
        Part.PLAN,
        Part.NOT,
        Part.SET,
        Part.CANCELLED,
        Part.UNANSWERED,
        Part.FUTURE,
        Part.LONG_AGO,
        Part.SAID,
        Part.QUESTION,
    }
)
"""In a heading or a bare line: it names no kind."""
UNTRUE = frozenset({Part.PLAN, Part.NOT, Part.WHO, Part.SAID, Part.LONG_AGO, Part.CANCELLED})
"""Left of a verb in its clause: it did not happen, or not now, or not to you."""
FINITE = frozenset(
    {Part.IS, Part.WAS, Part.HAD, Part.HAVE, Part.PLAN, Part.NOT, Part.SAID, Part.SET}
)
"""Behind a person: a clause of which the person is the subject."""

AHEAD = _set(
    """upcoming,next,later,backlog,reminders,reminder,followups,follow-ups,follow-up,waiting,someday,planned,
    planning,plan,plans,future,wishlist,tasks"""
)
"""In a heading: what stands under it is yet to come."""
AIMS = _set("to,for,about,before,until,prep,notes")
"""In a heading: it is about a kind, it does not name one."""

WITH = _set("with,w,alongside,chez")
ABOUT = _set("about,re,regarding,concerning,like,than,without,except,against")
"""Before a person: only spoken of."""
FROM_ELSEWHERE = _set(
    "after,during,following,in,on,at,from,over,between,post,since,through,via,off"
)
"""Before a kind's noun, which then has happened: `back from lunch with`, `on a call with`."""
TRACES = _set(
    """notes,minutes,slides,photos,takeaways,learnings,highlights,thoughts,insights,outcome,outcomes,points,
    back,home,fresh,straight"""
)
"""What is left of an event that has happened: `notes from the call with`."""
COMERS = _set("came,comes,stayed,over,round,around,here,dropped,stopped")
"""Before `for` and a meal: a guest of mine, `[[Ada]] over for dinner`."""
VISITING = _set(
    """went,gone,popped,popped over,popped round,stayed,slept,drove,walked,cycled,headed,nipped,biked,back,
    over,round,stayed over,went out"""
)
"""Before `to` or `at` and somebody's: `round at [[Ada]]'s`, `went to [[Ada]]'s for supper`."""
FUN = _set(
    """went,walked,cycled,sang,danced,ate,drank,watched,swam,camped,drove,travelled,traveled,flew,sailed,fished,
    skied,climbed,hiked,jogged,shopped,wandered,strolled,picnicked,partied,celebrated,took,queued,baked,
    cooked,barbecued,played,laughed,cried,stayed,went out,lunched,dined,feasted,rowed,paddled,biked,rambled,
    trained,toured,explored,waited,sunbathed,bowled,picked"""
)
"""Pastimes in the past: behind them, `with` means company."""
LABOUR = _set(
    """painted,dug,planted,weeded,tidied,cleaned,cleared,fixed,mended,repaired,assembled,built,finished,made,
    sorted,packed,unpacked,washed,decorated,sanded,sewed,recorded,practised,practiced,filmed,edited,tested,
    completed,led,hosted,ran,wrote up,judged,harvested,solved,unloaded,loaded,moved furniture,hung,
    wired,plastered,tiled,chopped,stacked,sorted out,set up"""
)
"""The same of work; it needs an object: `painted the shed with`."""
WRANGLING = _set("agreed,negotiated,debated,settled,joked,moaned,gossiped")
"""The same of talk."""
SHARED_PLACES = _set(
    """beach,park,church,choir,playground,zoo,market,spa,lake,panto,circus,aquarium,seaside,allotment,
    practice,mass,mosque,temple,synagogue,pilates,zumba,crossfit,spinning"""
)
"""Where one is with others: `Beach with [[Ada]]`."""
TIMES = _set(
    """time,laugh,moan,giggle,row,argument,fun,day,evening,afternoon,morning,weekend,night,blast,ball,smoke,
    cigarette,dance,hour,nap,cry,rant,hug,cuddle,sleepover"""
)
"""What one has with others: `had a laugh with`."""
UNSHARED = _set(
    """well,fine,badly,wrong,ahead,issue,issues,problem,problems,trouble,fault,interview,documentary,podcast,
    sure,photos,contact,to do,up"""
)
"""Between a doing and `with`: it was no company."""
HOMES = _set(
    "house,place,flat,home,garden,new,apartment,farm,cottage,studio,allotment,for,with,in,on"
)
"""Behind somebody's: where they live, or nothing that is not theirs to visit."""
OCCASIONS = _set("wedding,leaving,birthday,housewarming,party,retirement")
"""Behind somebody's: to what one goes to be with them."""
PAPERS = _set("draft,drafts,plan,plans,agenda,book,practice,research,setup,calendar,schedule,print")
"""Words of preparing that are mere things behind `the` or `my`: `feedback on the draft`."""
DREAMS = _set("dream,dreamt,dreamed,dreaming,nightmare")
"""Words that make of a whole line a dream."""
ONLY_WITH = _set(
    """film,films,movie,movies,match,matches,football,museum,gallery,opera,ballet,theatre,theater,cricket,
    chess,shopping,camping,fishing,sailing,skiing,dancing,swimming,a word,quick word,few words,review,
    reviews,lesson,viewing,handover,callback,audition,gossip,festival,mixer,soup,toast,roast,darts,
    kayaking,sightseeing,time together,run,runs,physio,therapy,counselling,haircut,massage"""
)
"""Nouns that are things as well: only `with` makes them something shared."""
MEALS = _set(
    """coffee,lunch,dinner,breakfast,brunch,tea,supper,drinks,beer,beers,pub,picnic,barbecue,bbq,working lunch,
    dinner party,happy hour"""
)
"""What `met at` is, rather than where."""
MOODS = _set(
    "happy,sure,keen,great,good,convinced,well,impressed,interested,amused,pleased,much,too"
)
"""Behind `not`: how they felt, and no denial."""
QUANTITIES = _set(
    "couple,lots,lot,bunch,round,series,out,rest,end,start,most,all,day,hour,hours,cup,plenty"
)
MOTION = _set(
    "went,gone,out,popped,stopped,going,off,met,headed,over,walked,round,came,stayed,around,here,went out"
)
"""Before `to` or `for` and a kind's noun: `went for a walk with`."""
LIGHT = _set(
    """had,grabbed,took,went,made,held,enjoyed,shared,attended,ran,joined,finished,did,hosted,squeezed,hopped,
    jumped,wrapped,ended,started,cooked,managed,popped,having,grabbing,spent,concluded,left,survived,led,
    facilitated,bought,shouted,stood,treated,brought,ordered,received,exchanged,dropped,caught,ate,drank,
    completed,got,done,given,gave,gone,getting,taking"""
)
"""Verbs that say no more than that the noun behind them happened."""
DOABLE = _set(
    "have,grab,take,go,make,hold,do,attend,join,host,hop on,jump on,enjoy,go for,celebrate,give,finish,start"
)
"""Base forms that a ticked task says were done: `have lunch with`, not `put lunch in the calendar`."""
ED_MODIFIERS = _set(
    """extended,relaxed,unplanned,rushed,heated,belated,prolonged,detailed,needed,mixed,focused,animated,
    unscheduled,delayed,shared,tired,crowded,packed,sponsored,themed,catered,candlelit,delighted,chilled,
    weird,spirited,loaded,united"""
)
"""Words in -ed that are no verbs before a noun."""
NOBODYS = _set(
    """yesterday's,today's,monday's,tuesday's,wednesday's,thursday's,friday's,saturday's,sunday's,valentine's,
    year's,doctor's,women's,men's,children's,mother's,father's"""
)
"""Words with an apostrophe-s that make an event nobody else's."""

PLEASANT = _set("great,glad,good,nice,lovely,fun,wonderful,pleasure,delight,fantastic,happy")
DONE_BEFORE_TO = PLEASANT | _set(
    """got,able,managed,went,came,had,round,over,popped in,popped over,popped round,dropped in,stopped by,
    drove,travelled,cycled,stopped,flew"""
)
"""Before `to` and a base form, which then was done: `got to meet`, `great to see`."""
DONE_BEFORE_ONGOING = _set(
    "after,from,enjoyed,loved,finished,started,ended up,spent,stopped,liked,by,great,nice,good,lovely,fun"
)
"""Before a form in -ing, which then was done: `loved catching up with`."""
LASTING = _set(
    "text,message,whatsapp,catch up,chat,talk,speak,work,pair,mentor,coach,brainstorm,hang out,pair program,collaborate"
)
"""Verbs whose form in -ing tells by itself: `Catching up with [[Ada]]`."""
ORDERS = _set(
    """call,phone,telephone,ring,dial,email,e-mail,mail,text,message,dm,ping,sms,whatsapp,slack,visit,interview,
    help,skype,facetime,answer,review,chase,reply,coach,mentor,invite,run,voice note"""
)
"""Verbs that are nouns too, and orders right before a person: `call [[Ada]]`."""
ALONE = _set(
    """email,e-mail,mail,text,message,dm,sms,ping,whatsapp,slack,write,call,phone,ring,telephone,reply,respond,
    answer,visit,facetime,skype,ask,contact,nudge,reach out,get in touch,get back,write back,check in,follow up,stop by,drop by,swing by,come over,
    come by,come round,pop by,pop in,pop round,pop over,drop in,drop round,call round,stop in,stop round,stay the night,stay over,stay overnight,
    msg,txt,voice note,let me know,let us know"""
)
"""Verbs that need no object to be meant for you: `[[Ada]] called`, `[[Ada]] emailed about …`."""
ANSWERS = _set("reply,answer,respond,write back,get back")
PLACES = _set(
    """stop by,drop by,swing by,come by,come over,come round,pop by,pop in,pop round,pop over,drop in,
    drop round,call round,stop in,stop round,nip round,nip over,go round,go over"""
)
UNNAMED = _set(
    """come back,go round,go over,drive,pick,pick up,collect,chase,run,stay,stay over,return,
    drop off,look after,warn,alert,sit,play"""
)
"""Verbs that a log tells of others too, unless the person is named: `drove to Rome`."""
OWNED = ANSWERS | PLACES | _set("review,ask,visit")
"""Verbs whose object may be something of theirs: `replied to [[Ada]]'s email`."""
CARRIERS = _set(
    "send,send over,give,write,drop,shoot,leave,receive,get,make,pay,fire,share,hand,pass,show"
)
"""Verbs whose object names the kind: `sent [[Ada]] a message`."""
GIVING = _set("send,send over,forward,lend,give,show,teach,explain,hand,pass,share,present,loan")
TALKING = _set("speak,talk,chat,discuss,catch up,debrief,meet")
CALLING = _set("call,phone,ring,telephone,dial")
WEAK = _set("meet,see,speak,talk,chat,catch up,meet up,get together,hang out,touch base,tell")
"""Verbs that say less than the noun behind them: `met [[Ada]] for coffee`."""
TWO_WAY = _set("email,e-mail,text,message,dm,whatsapp,slack,correspond")
"""Verbs that are an exchange before `with`."""
WITH_THINGS = _set(
    """send,send over,give,share,lend,forward,show,teach,explain,present,review,deliver,work,discuss,build,
    debug,write,ask,help,refer,pitch,demo,speak,talk,design,launch,ship,tell,offer,wish"""
)
"""Verbs whose object may be a thing, so that a log need not name the person: `sent the deck`."""
NOTELIKE = _set(
    "note,line,card,reminder,update,nudge,question,questions,hello,apology,apologies,follow-up,message,dm,condolences,sympathies,regards,love"
)
VOICEMAIL = _set("voicemail,voice mail,voice message,vm,message,voice note")
CHANNELS = _set(
    """whatsapp,slack,signal,telegram,linkedin,email,e-mail,text,messenger,discord,dm,dms,imessage,sms,instagram,
    twitter,facebook,mastodon,chat"""
)
PERFORMING = _set("play,perform,sing,act,race,dance,win")
"""Behind somebody seen: they were on a stage."""
SCREENS = _set(
    """tv,television,news,newspaper,linkedin,instagram,facebook,youtube,twitter,screen,photo,picture,video,stage,
    speak,across,afar,distance,shy"""
)
"""Where one sees people without meeting them."""
BROADCAST = _set("radio,podcast,tv,television,newspaper,paper,magazine,youtube,bbc,npr")
"""Where interviews with people are heard and read."""
ASKING = _set(
    """did,have,has,is,was,are,were,do,does,should,could,can,would,what,who,when,where,why,how,shall,will"""
)
"""First words of a question."""
PURPOSES = _set(
    """say,ask,check,tell,confirm,see,let,discuss,thank,invite,wish,catch,chat,talk,apologise,apologize,remind,
    follow,cancel,reschedule,share,update,find,arrange,congratulate,offer,introduce,move,vent,plan,report,
    announce,complain,request,suggest,propose,know,warn,explain,set,schedule,help,get,give"""
)
"""Behind `to`: why they called."""
SAYING = _set("asking,saying,telling,wanting,hoping,thanking,inviting,wondering")
NOT_AFTER: Mapping[str, frozenset[str]] = {
    "write": _set("on,about,for,in,with,at,from,of,to,by,into"),
    "get back": _set("from,at,on,in,into,with,after,to,for,of,by"),
    "call": _set("for,in,off,to,of,by,at,into"),
    "check in": _set("at,to,with,for,in,of,by"),
    "ask": _set("to,of,by,after"),
    "reply": _set("to,of,by,for"),
    "slack": _set("for,of,to,by,on,off"),
}
"""Prepositions behind a verb that make it no message to you: `called for a strike`."""
NOT_BEHIND = _set("for,of,to,by")
"""The same for every other verb."""
WORKS = _set(
    """talk,post,article,blog,draft,demo,presentation,webinar,workshop,paper,book,video,code,repo,repository,
    portfolio,website,newsletter,podcast,slides,thread,project,work,profile,lecture,session,keynote,cv,resume,
    résumé,essay,piece,writing,tips,write-up,writeup,guide,tutorial,package,library,app,tool,game,report,
    analysis,deck,poster,design,designs,column,chapter,thesis,series,page,site,story,stories,tweet,linkedin,
    update,posts,articles,talks,review,research,pr,announcement,interview,feature,proposal,notes,art,photos,
    exhibition,show,performance,recital,gig,concert,play,reading,launch,class,opening,match,episode"""
)
"""Works of yours that others may see."""
NO_WORKS = _set(
    """mind,lips,message,email,palm,cat,dog,outfit,hair,haircut,tan,kids,baby,shoes,dress,accent,weight,looks,
    car,house,flat"""
)
NOT_ALONE_ASKED = _set("raise,promotion,divorce,refund")
"""What people ask of others than you."""
STRONG = _set("coffee,mentoring,work")
"""Kinds that name a compound wherever they stand in it: `coffee chat`, `mentoring call`."""
TALKED_OF = _set("gave,given,giving,attended,watched,saw,heard,missed,went,did")
"""Before `talk`: it was a lecture, and no talk with anybody."""
TASTES = _set("loves,likes,hates,prefers,enjoys,plays,drinks,runs,owns,does,teaches,runs")
"""Before a noun in somebody's log: it says what they like, not what you did."""
FREE_ABOUT = _set("about,re,regarding,über,sobre,om,til,sur")
FREE_FROM = _set("from,von,vom,från,fra,de,da,del,van,od")
"""Prepositions of other languages, for the user's own words."""
