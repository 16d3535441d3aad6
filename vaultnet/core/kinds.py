"""The kinds of interaction: one table, and how the words of its rows look in a sentence.

To add a kind, add a row. Its words stand as in a dictionary: `lunch` is a noun (or a phrase that
stands for the whole, as `1:1` and `☕`); `to speak with` is a verb, with the preposition behind which
the person comes (all its forms are found here); `to read my` is done by the person to a work of yours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from vaultnet.core.frozen import fresh, frozen
from vaultnet.core.model import Direction, Given, Kind, Rung

IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH
_NAME = Rung.NAME


def _words(text: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in text.split(","))


KINDS: tuple[Kind, ...] = (
    Kind(
        "message",
        _words("""to email to, to e-mail to, to mail to, to text to, to dm to, to let me know, to let us know,
            back and forth, back-and-forth, card, voicemails, to msg, to txt, to chase, to chase up,
            to pester, to badger, to prod, to alert, to forewarn, to warn, to reassure,
            message, msg, email, e-mail, mail, text, dm, sms, letter, ping, inmail, voicemail,
            voice mail, voice message, voice note, voice memo, vm, postcard, invite, invitation,
            whatsapp, telegram, correspondence, connection request, text message, linkedin message,
            linkedin request, slack message, slack chat, slack thread, whatsapp message, whatsapp chat, email thread,
            email exchange, 📧, ✉, 📩, 📨, 💬,
            to message, to email, to e-mail, to mail, to text, to dm, to sms, to ping, to whatsapp,
            to slack, to write, to write to, to reach out to, to get in touch with,
            to contact, to nudge, to remind, to follow up with, to check in with,
            to check in on, to check on, to tell, to inform, to notify, to update, to invite, to offer,
            to apologise to, to apologize to, to mention to, to correspond with, to voice note"""),
        OUT,
    ),
    Kind(
        "reply",
        _words("""reply, replies, answer, response,
            to reply, to reply to, to write back, to write back to, to get back, to get back to, to answer,
            to respond, to respond to, to hear from,
            to hear back from, to come back to"""),
        IN,
        proves=Rung.NAME,
    ),
    Kind("ask", _words("request, to ask, to beg, to ask from, to request from, to consult"), OUT),
    Kind(
        "met",
        _words("""to run across, to come across, time together, gathering, get-together, housewarming,
            birthday party, street party, book launch, launch party, author event, book signing,
            networking event, mixer, festival, to mingle with, to bond with,
            event, conference, meetup, meet-up, party, reception, reunion, summit,
            to meet, to meet with, to meet up with, to bump into, to run into, to see,
            to cross paths with, to get to know, to shake hands with, to sit next to, to hang out with, to spend with, to connect with, to get together with,
            to say hi to, to say hello to"""),
        BOTH,
        face_to_face=True,
        proves=Rung.NAME,
    ),
    Kind(
        "introduction",
        _words("""introduction, intro, e-intro, email intro, email introduction, warm intro,
            to introduce, to intro, to e-introduce, to connect, to put in touch, to put in contact"""),
        BOTH,
        proves=Rung.NAME,
    ),
    Kind(
        "call",
        _words("""natter, chinwag, heart-to-heart, a word, quick word, few words, facetime call,
            facetime chat, whatsapp call, zoom chat, zoom meeting, teams meeting, video meeting,
            to natter with, to argue with, to haggle with, to negotiate with,
            to liaise with, to consult with, to confide in, to vent to, to rant to, to moan to,
            to joke with, to video-call, to speak on the phone with, to speak on the phone to,
            discovery call, sales call, demo call, ft,
            call, phone call, phonecall, phone, telephone, zoom, zoom call, video, video call,
            video chat, facetime, face time, skype, skype call, teams call, google meet, hangout, chat,
            catch-up, catch up, catchup, talk, catch-up call, catch up call, check-in call, follow-up call, intro call,
            conference call, conf call, vc, conversation, convo, phone conversation, phone chat, tel, 📞, ☎, 📱, 🎥, 🤙,
            to call, to phone, to telephone, to ring, to dial, to speak with, to speak to,
            to talk with, to talk to, to chat with, to chat to, to catch up with, to facetime, to facetime with, to skype, to skype with, to zoom,
            to zoom with, to video call, to video chat, to video chat with, to touch base with, to discuss with, to get hold of, to converse with, to confer with,
            to have a word with,
            to go over with, to go through with, to talk through with, to run through with"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "coffee",
        _words("""bfast, brekkie, brekky, brew, roast, sunday roast, sunday lunch, working lunch,
            working breakfast, working dinner, business lunch, nightcap, aperitivo, soup, toast,
            glass of wine, afternoon tea, high tea, tea break, pub lunch, pub night, film, movie, movies,
            film night, movie night, quiz night, poker night, curry night, night out, day out, evening out,
            day trip, road trip, boat trip, weekend away, theatre, theater, museum, gallery, opera,
            ballet, football, match, chess, darts, snooker, badminton, table tennis, volleyball,
            cricket, parkrun, park run, dog walk, school run, play date, playdate, sleepover, shopping,
            swimming, bowling, skiing, sailing, fishing, camping, dancing, kayaking, sightseeing,
            book club, home visit, house visit, hospital visit, studio visit,
            run, to run with, to stay the night, to stay over, to stay overnight, to stay with,
            to pop by, to pop in, to pop in on, to pop round, to pop round to, to pop over,
            to pop over to, to pop in to see, to drop in, to drop in on, to drop round, to look in on, to stop in, to stop round, to nip round to, to nip over to,
            to go round to, to go over to, to go round with,
            to sit with, to play with, to dance with, to sing with, to swim with,
            to jog with, to cycle with, to hike with, to climb with, to cook with, to bake with,
            to watch a film with, to watch a movie with, to watch the match with,
            to watch the game with, to watch the film with, to watch football with, to watch telly with,
            to watch the football with, to watch tv with, to see a film with, to see a movie with,
            to see a play with, to see a show with, to see the film with, to see the new film with,
            croissants, pancakes, waffles, burgers, tacos, sandwiches, dumplings, cake, curry, kebab, falafel,
            fish and chips, takeaway, gelato, smoothies, barbie,
            food, snack, food truck, hot chocolate, mulled wine, noodles, pub, pub quiz, jog, swim, sauna, gym, yoga,
            climbing, tennis, squash, padel, golf, karaoke, cinema, concert, gig, board games, game night,
            cycling, hiking, bike tour,
            coffee, coffees, coffee chat, coffee break, coffee date, tea, lunch, lunch break, dinner,
            dinner party, breakfast, brunch, supper, drinks, drink, beer, beers, pint, pints, wine,
            cocktail, cocktails, happy hour, walk, stroll, hike, visit, bike ride, cuppa, espresso, matcha,
            chai, boba, ice cream, pizza, meal, bite, morning run, evening run, trail run, picnic, barbecue, bbq, ramen, sushi, tapas,
            ☕, 🍵, 🫖, 🍺, 🍻, 🍷, 🥂, 🍕, 🍜, 🍽, 🥐, 🍸, 🍹, 🥗, 🍔, 🍣, 🍝, 🚶,
            to visit, to lunch with, to dine with, to brunch with, to walk with,
            to eat with, to drink with, to stop by, to drop by, to swing by, to come over, to come by,
            to come round"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "meeting",
        _words("""prep meeting, prep call, prep session, strategy meeting, strategy session, qbr,
            bilateral, bilat, callback, audition, handover, walkthrough, walk-through, viewing,
            physio, therapy, counselling, haircut, massage, parents' evening, parents evening, lesson, review, monthly catch-up, weekly catch-up,
            steering committee, committee meeting, board meeting,
            briefing, consultation, supervision, crit, scrum, hearing, sit-down, seminar, tutorial, town hall,
            phone screen, tech screen, site visit, sprint planning, planning meeting, planning session,
            planning call, refinement, grooming, stand up, one to one,
            meeting, mtg, 1:1, 1-1, one-on-one, standup, stand-up, interview, job interview, sync,
            sync-up, sync call, sync meeting, check-in, checkin, retro, retrospective, appointment,
            kickoff, kick-off, kickoff call, kickoff meeting, huddle, skip-level, debrief, office hours,
            session, lunch meeting, catch-up meeting, performance review, screening call, review meeting, all-hands,
            offsite, roundtable,
            to interview, to interview with, to sit down with, to sync with,
            to sync up with, to huddle with, to debrief with"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "saw-my-work",
        _words("""comment on my, comments on my, to attend my, to come to my, to read my, to see my, to hear my, to watch my,
            to listen to my, to comment on my, to react to my, to like my, to share my, to repost my,
            to reshare my, to retweet my, to cite my, to quote my, to mention my, to follow my, to find my,
            to notice my, to star my, to fork my, to use my, to join my, to sign up for my,
            to subscribe to my, to come across my"""),
        IN,
        proves=Rung.WHAT,
    ),
    Kind(
        "work",
        _words("""line run, read-through, run-through, to paint with, to dig with, to dig over with,
            to repair with, to assemble with, rehearsal, jam session, recording session, photo shoot, co-working, coworking, study session,
            lab session, training session, writing session, editing session, hack session, pr review,
            paper review, to rehearse with, to record with, to study with, to review with, to co-work with,
            to cowork with, to teach with,
            workshop, demo, presentation, pairing session, pairing, pair programming, mob programming, collaboration, collab,
            code review, design review, hackathon, brainstorm, brainstorming, brainstorming session,
            working session, work session, coding session, whiteboarding session,
            to work with, to work together with, to work alongside,
            to collaborate with, to pair with, to pair program with, to pair up with, to team up with, to partner with,
            to present to, to present with, to demo to, to demo for, to pitch to, to deliver with,
            to deliver to, to ship with, to build with, to launch with, to debug with, to refactor with,
            to prototype with, to design with, to code with, to hack with, to write with,
            to brainstorm with, to whiteboard with, to workshop with, to co-write, to co-write with, to co-author with, to co-present with, to co-host with,
            to co-organise with, to co-organize with, to co-lead with, to review"""),
        BOTH,
        proves=Rung.WORK,
    ),
    Kind(
        "mentoring",
        _words("""mentoring, mentoring session, mentoring call, mentoring meeting, mentorship,
            mentorship session, mentor session, mentor call, mentor meeting, coaching, coaching session, coaching call,
            to mentor, to coach"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WORK,
    ),
    Kind(
        "gave",
        _words("""to return to, to drop off, to drop off for, to babysit, to pick up, to pick, to drive, to collect, to look after, to babysit for, to cook for,
            to bake for, to knit for, to help, to help out, to share with, to send, to send over, to send to, to send over to,
            to advise, to give, to give to, to lend, to lend to, to loan, to teach, to show, to explain to,
            to tutor, to train, to support, to assist, to forward, to forward to, to pass to,
            to pass on to, to hand, to hand to, to proofread for, to write for, to review for, to fix for,
            to debug for, to cover for"""),
        OUT,
        proves=Rung.NAME,
        given=Given.GAVE,
    ),
    Kind(
        "received",
        _words("""second opinion, critique, advice, feedback, help, tips, pointers, guidance, input,
            to pick up from, to collect from, to receive from, to get from, to borrow from"""),
        IN,
        proves=Rung.NAME,
        given=Given.RECEIVED,
    ),
    Kind(
        "endorsement",
        _words("""letter of reference,
            endorsement, recommendation, referral, reference, testimonial, linkedin recommendation,
            letter of recommendation, recommendation letter, reference letter,
            to recommend, to refer, to endorse, to vouch for, to nominate, to put in a word for,
            to put in a good word for, to put a word in for, to put a good word in for"""),
        IN,
        proves=Rung.RECOMMEND,
        given=Given.RECEIVED,
    ),
    Kind(
        "thanks",
        _words("""thx, thank-you, thanks, thank you, thank-you note, thank you note, thank-you email,
            thank you email, thank-you card, thank you card, thank-you message, thank you message,
            thank-you letter, thank you letter, note of thanks, thanks note,
            to thank, to say thanks to, to say thank you to, to say thank-you to,
            to say a big thank you to, to express gratitude to, to express my gratitude to"""),
        OUT,
    ),
    Kind(
        "congratulations",
        _words("""congratulations, congrats, birthday wishes, birthday greetings, birthday message,
            birthday card, birthday text, happy birthday, congratulations card, congratulations note, congrats note,
            congratulatory note, to congratulate, to wish, to say congratulations to, to say congrats to,
            to say happy birthday to"""),
        OUT,
    ),
    Kind("note", (), OUT, proves=Rung.NAME),
)

KIND_OF: Mapping[str, Kind] = {kind.word: kind for kind in KINDS}

_COUNTERPARTS = {
    ("reply", OUT): "message",
    ("received", OUT): "gave",
    ("endorsement", OUT): "gave",
    ("saw-my-work", OUT): "",
    ("gave", IN): "received",
    ("ask", IN): "message",
}
"""What a kind is called when it goes the other way; a kind not named here keeps its name."""

PREPOSITIONS = frozenset("with to for from into of on at alongside".split())
"""What may stand between a verb and the person."""
_COMPOUNDS = frozenset("pair mob video voice face".split())
"""First words that stay as they are while the second is inflected: `video called`."""

_PAST = {
    "babysit": "babysat",
    "build": "built",
    "catch": "caught",
    "come": "came",
    "dig": "dug",
    "dm": "dmed dm'd",
    "drink": "drank",
    "drive": "drove driven",
    "eat": "ate",
    "email": "emailed emaild",
    "find": "found",
    "get": "got gotten",
    "give": "gave given",
    "go": "went gone",
    "hang": "hung",
    "have": "had",
    "hear": "heard",
    "intro": "intro'd introed",
    "lead": "led",
    "lend": "lent",
    "let": "let",
    "meet": "met",
    "msg": "msg'd msgd msged",
    "put": "put",
    "read": "read",
    "ring": "rang rung",
    "run": "ran",
    "say": "said",
    "see": "saw seen",
    "send": "sent",
    "shake": "shook shaken",
    "show": "showed shown",
    "sing": "sang sung",
    "sit": "sat",
    "speak": "spoke spoken",
    "spend": "spent",
    "swim": "swam swum",
    "swing": "swung",
    "teach": "taught",
    "tell": "told",
    "txt": "txted txt'd txtd",
    "write": "wrote written",
}
_DOUBLED = frozenset(
    "beg chat debug dig drop get jog let nip pop prod program put refer run ship sit star stop swim".split()
)
"""Verbs whose last letter is doubled: `chatted`, `running`."""


class Form(StrEnum):
    """A verb's form; what a note tells with it."""

    BASE = "base"
    """`call`: a plan, or an order to oneself."""
    PRESENT = "present"
    """`calls`"""
    PAST = "past"
    """`called`: it happened."""
    ONGOING = "ongoing"
    """`calling`"""


@frozen
class Entry:
    """What a word or phrase of the table can mean."""

    noun: Kind | None = None
    verb: str = ""
    """The verb's base form without preposition: `catch up`."""
    form: Form = Form.BASE
    frames: Mapping[str, Kind] = fresh(factory=dict)
    """What stands between verb and person -> the kind it then is: `with`; `` for nothing; ` my` and
    `on my` where it is a work of mine."""
    free: bool = False
    """The user's own word: its grammar is unknown."""


def entries(more: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Entry]]:
    """Yield each word and phrase of the table, verbs in every form; `more` are the user's words."""
    nouns: dict[str, Kind] = {}
    verbs: dict[str, dict[str, Kind]] = {}
    for kind in KINDS:
        for word in kind.words:
            if word.startswith("to "):
                head, frame = _split_verb(word[3:])
                verbs.setdefault(head, {}).setdefault(frame, kind)
            else:
                nouns.setdefault(word, kind)
                nouns.setdefault(f"{word}s", kind)
    for head, frames in verbs.items():
        for text, form in _inflect(head):
            yield text, Entry(nouns.pop(text, None), head, form, frames)
    as_noun = {kind.word: Entry(kind) for kind in KINDS}
    yield from ((word, as_noun[kind.word]) for word, kind in nouns.items())
    for name, words in more.items():
        if name in KIND_OF:
            yield from ((word, Entry(KIND_OF[name], free=True)) for word in words)


def turn(kind: Kind, direction: Direction) -> Kind | None:
    """Find the kind by its name in a direction: help that they gave is `received`, not `gave`."""
    word = _COUNTERPARTS.get((kind.word, direction), kind.word)
    return KIND_OF.get(word, kind) if word else None


def prove(kind: Kind, direction: Direction) -> Rung | None:
    """Find what an interaction proves at least: whoever turned to you knows your name."""
    if direction is OUT:
        return kind.proves
    return max(kind.proves or _NAME, _NAME)


def _split_verb(text: str) -> tuple[str, str]:
    """Part a verb as it stands in the table from its frame: `comment on my` from ` my` or `on my`."""
    head, _, last = text.rpartition(" ")
    if last == "my":
        before, _, preposition = head.rpartition(" ")
        return (before, f"{preposition} my") if preposition in PREPOSITIONS else (head, " my")
    return (head, last) if head and last in PREPOSITIONS else (text, "")


def _inflect(head: str) -> list[tuple[str, Form]]:
    """Find all forms of a verb, of which only one word changes: `caught up`, `video called`."""
    before, after = "", ""
    word, blank, rest = head.partition(" ")
    if blank and word in _COMPOUNDS:
        before = f"{word} "
        word, blank, rest = rest.partition(" ")
    if blank:
        after = f" {rest}"
    prefix, dash, verb = word.rpartition("-")
    before = f"{before}{prefix}{dash}"
    return [(f"{before}{text}{after}", form) for text, form in _forms(verb)]


def _forms(verb: str) -> list[tuple[str, Form]]:
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    soft = len(verb) > 2 and verb[-1] == "y" and verb[-2] not in "aeiou"
    silent = len(verb) > 2 and verb[-1] == "e" and verb[-2] != "e"
    hissing = verb.endswith(("s", "x", "z", "ch", "sh"))
    present = f"{verb[:-1]}ies" if soft else f"{verb}es" if hissing else f"{verb}s"
    regular = f"{verb[:-1]}ied" if soft else f"{verb}d" if verb[-1] == "e" else f"{stem}ed"
    past = _PAST.get(verb, regular).split()
    ongoing = f"{verb[:-1] if silent else stem}ing"
    return [
        (verb, Form.BASE),
        (present, Form.PRESENT),
        *[(one, Form.PAST) for one in past],
        (ongoing, Form.ONGOING),
    ]
