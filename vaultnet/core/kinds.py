"""The kinds of interaction: one table, and how a row's words look in a sentence.

To add a kind, add a row. A word is written as in a dictionary: `lunch` is a noun (or any phrase that
stands for the whole: `☕`, `1:1`), `to speak with` is a verb, whose forms are found here, with the
preposition behind which the person stands. `to read my …` is done by them to something of yours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vaultnet.core.model import Direction, Given, Kind, Rung

IN, OUT, BOTH = Direction.IN, Direction.OUT, Direction.BOTH


def _row(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.replace("\n", " ").split(",") if word.strip())


KINDS: tuple[Kind, ...] = (
    Kind(
        "message",
        _row("""message, email, e-mail, mail, dm, text, sms, letter, voicemail, voice mail, postcard,
        voice message, voice note, voice memo, ping, inmail, text message, linkedin message, whatsapp,
        invite, invitation, connection request, friend request, message thread, email thread, telegram,
        email exchange, correspondence, slack message, whatsapp message, whatsapp chat, slack chat,
        📧, ✉, 📩, 📨, 💬, to message, to email, to e-mail, to mail, to text, to dm, to sms, to ping,
        to write, to write to, to write with, to reach out, to reach out to, to get in touch,
        to get in touch with, to contact, to nudge, to remind, to follow up, to follow up with,
        to check in with, to check in on, to check on, to whatsapp, to slack, to snapchat, to tell, to inform, to notify,
        to update, to invite, to drop P a line, to correspond with, to keep in touch with, to voice note,
        to offer, to apologise to, to apologize to, to announce to, to mention to, to acknowledge"""),
        OUT,
    ),
    Kind(
        "reply",
        _row("""reply, answer, response, replies, to reply, to reply to, to write back, to write back to,
        to get back, to get back to, to answer, to answer to, to respond, to respond to, to text back, to email back,
        to message back, to hear from, to hear back from, to hear back"""),
        IN,
        proves=Rung.NAME,
    ),
    Kind(
        "ask",
        _row(
            "to ask, to request from, to ask of, to ask from, to consult, to question, to beg, request"
        ),
        OUT,
    ),
    Kind(
        "met",
        _row("""event, conference, meetup, meet-up, meet up, networking event, party, reception, reunion,
        summit, to meet, to meet with, to meet up, to meet up with, to bump into, to run into, to see,
        to cross paths with, to get to know, to shake hands with, to sit next to, to hang out,
        to hang out with, to hang with, to spend time with, to connect with, to get together with,
        to get introduced to, to introduce myself to, to say hi to, to say hello to, to say hey to"""),
        BOTH,
        face_to_face=True,
        proves=Rung.NAME,
    ),
    Kind(
        "introduction",
        _row("""introduction, intro, e-intro, email intro, email introduction, warm intro,
        double opt-in intro, to introduce, to intro, to e-introduce, to connect, to put P in touch,
        to put P in contact, to matchmake"""),
        BOTH,
        proves=Rung.NAME,
    ),
    Kind(
        "call",
        _row("""call, phone call, phonecall, phone, telephone, telephone call, zoom, zoom call, video,
        video call, video chat, videocall, facetime, face time, facetime call, skype, skype call,
        teams call, teams, google meet, hangout, hangouts, chat, catch-up, catchup, catch-up call,
        catchup call, catch up call, check-in call, conversation, ring, phone chat, phone conversation, intro call,
        conference call, voice call, whatsapp call, 📞, ☎, 📱, 🎥, to call, to call up, to phone,
        to phone up, to telephone, to ring, to ring up, to dial, to speak, to speak with, to speak to, to talk,
        to talk with, to talk to, to chat, to chat with, to chat to, to catch up, to catch up with,
        to facetime, to facetime with, to face time, to skype, to skype with, to zoom with, to zoom,
        to video call, to video chat with, to video call with, to touch base, to touch base with,
        to discuss with, to get hold of, to converse with, to confer with, to have a word with,
        to hop on with, to jump on with, to gossip with, to get P on the phone,
        to talk through with, to go over with"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "coffee",
        _row("""coffee, coffees, ☕, tea, 🍵, 🫖, lunch, dinner, breakfast, brunch, supper, drinks, drink,
        beer, beers, pint, pints, wine, cocktails, cocktail, 🍺, 🍻, 🍷, 🥂, 🍕, 🍜, 🍽, 🥐, 🍸, 🍹, 🥗, 🍔, 🍣, walk, 🚶,
        stroll, hike, visit, cuppa, espresso, latte, matcha, chai, boba, bubble tea, ice cream, pizza, meal, bite,
        picnic, barbecue, bbq, coffee chat, virtual coffee, coffee catch-up, coffee catchup, coffee break,
        coffee date, lunch break, dinner party, lunch date, happy hour, apero, aperitif, afterwork, bike ride, ramen,
        sushi, tapas, curry, sandwich, sandwiches, takeaway, burger, burgers, tacos, cake, croissant, croissants,
        to visit, to lunch with, to dine with, to breakfast with, to walk with, to eat with,
        to drink with, to stop by, to drop by, to come over, to come by, to come round,
        to swing by, to have P over, to have P round, to go hiking with, to brunch with"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "meeting",
        _row("""meeting, mtg, 1:1, standup, stand-up, stand up, interview, sync, sync-up, sync up, sync call, sync meeting, check-in,
        checkin, retro, retrospective, appointment, kickoff, kick-off, huddle, skip-level, debrief,
        board meeting, lunch meeting, office hours, session, sprint planning, planning session, job interview,
        catch-up meeting, catchup meeting, coffee meeting, performance review, all-hands, offsite,
        off-site, screening call, strategy session, q&a, roundtable, panel, one-to-one, kick off, grooming, refinement,
        to interview, to interview with, to sit down with, to sync, to sync with, to sync up,
        to sync up with, to huddle with, to debrief, to debrief with"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WHAT,
    ),
    Kind(
        "saw-my-work",
        _row("""to attend my, to come to my, to read my, to see my, to comment on my, to like my,
        to share my, to watch my, to listen to my, to repost my, to retweet my, to cite my, to quote my,
        to subscribe to my, to sign up for my, to join my, to find my, to mention my, to hear my,
        to star my, to fork my, to follow my, to notice my, to react to my, to praise my, to love my,
        to enjoy my, to come across my, to stumble on my, to look at my, to use my, to reshare my"""),
        IN,
        proves=Rung.WHAT,
    ),
    Kind(
        "work",
        _row("""workshop, pairing session, pair programming, pair-programming, pairing, code review,
        collaboration, hackathon, mob programming, design review, working session, work session,
        coding session, brainstorm, brainstorming, brainstorming session, whiteboarding session, design session,
        to work with, to work together with, to work alongside, to collaborate with, to pair with, to pair, to pair up with,
        to pair program with, to pair-program with, to pair programme with, to present to,
        to present with, to deliver with, to deliver to, to ship with, to co-write with,
        to cowrite with, to brainstorm with, to build with, to prototype with, to debug with, to demo to,
        to demo for, to team up with, to code with, to hack with, to whiteboard with, to review, to co-author with,
        to coauthor with, to co-present with, to copresent with, to co-host with, to co-lead with,
        to co-organise with, to co-organize with, to launch with, to run a workshop with, to partner with,
        to run a workshop for, to draft with, to finish with, to refactor with, to design with, to edit with, to merge,
        to release with, to fix with, to workshop with, to organise with, to organize with, to prepare with,
        to pitch with, to write code with, to give a talk with, to run with, to pair on with"""),
        BOTH,
        proves=Rung.WORK,
    ),
    Kind(
        "mentoring",
        _row("""mentoring, mentoring session, mentoring call, mentorship, mentorship session, mentor session,
        mentorship call, mentoring chat, mentor call, mentor meeting, mentoring meeting,
        coaching, coaching session, coaching call, to mentor, to coach"""),
        BOTH,
        face_to_face=True,
        proves=Rung.WORK,
    ),
    Kind(
        "gave",
        _row("""to help, to help out, to share with, to send, to send to, to send over to, to advise, to give, to give to,
        to lend, to lend to, to loan, to teach, to show, to explain to, to tutor, to train, to support,
        to forward, to forward to, to pass to, to pass on to, to assist, to proofread for, to hand, to hand to,
        to review for, to fix for, to debug for, to write for, to cover for, to send on to, to donate to,
        to walk P through, to give P a hand, to offer advice to, to gift, to teach to"""),
        OUT,
        proves=Rung.NAME,
        given=Given.GAVE,
    ),
    Kind(
        "received",
        _row("""advice, feedback, help, tips, pointers, guidance, input, helpful feedback, notes on my,
        to receive from, to get from, to borrow from, to learn from"""),
        IN,
        proves=Rung.NAME,
        given=Given.RECEIVED,
    ),
    Kind(
        "endorsement",
        _row("""endorsement, recommendation, referral, reference, linkedin recommendation, testimonial,
        letter of recommendation, recommendation letter, reference letter, to recommend, to refer, to endorse, to vouch for, to vouch,
        to nominate, to put in a word for, to put in a good word for, to put a good word in for, to put a word in for,
        to put in a word, to put in a good word, to sing P praises"""),
        IN,
        proves=Rung.RECOMMEND,
        given=Given.RECEIVED,
    ),
    Kind(
        "thanks",
        _row("""thank-you, thank you, thanks, thank-you note, thank you note, thank-you email, thank you email, thank-you card,
        thank you card, thank-you message, thank you message, thank-you letter, thank you letter,
        thanks note, note of thanks, 🙏, to thank, to say thanks to, to say thank you to, to say a thank you to,
        to say thank-you to, to say thanks, to say thank you, to express gratitude to, to express my gratitude to"""),
        OUT,
    ),
    Kind(
        "congratulations",
        _row("""congratulations, congrats, birthday wishes, birthday greetings, birthday message, birthday card,
        birthday text, congratulations card, congratulatory note, congratulatory message, congratulatory email, congrats note,
        congratulation card, to congratulate, to say congratulations to, to say congrats to,
        to wish P happy birthday, to wish P a happy birthday, to wish P good luck, to wish P luck,
        to wish P well, to wish P all the best, to wish happy birthday to, to say happy birthday to,
        to wish P a merry christmas, to wish P merry christmas, to wish P happy new year, to wish P a happy new year"""),
        OUT,
    ),
    Kind("note", (), OUT, proves=Rung.NAME),
)
