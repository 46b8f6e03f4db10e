"""What English needs beside its tokens: closed word classes and the way words hang together.

The English analyser has no tagger (its vocabulary of word classes would need a trained model), so that
phrases are bounded by the closed classes: articles, pronouns, auxiliaries, prepositions and conjunctions
are few, and a phrase that starts or ends in one is a fragment.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Words of a list that is written out as running text."""
    return frozenset(text.split())


NEGATIONS = words(
    """
    not no never nothing none cannot can't cant won't wont doesn't doesnt don't
    dont didn't didnt isn't isnt aren't arent wasn't wasnt couldn't couldnt
    wouldn't wouldnt hasn't hasnt haven't havent without unable
    """
)
"""Words that turn the meaning round: kept in documents' phrases, and good first words of a label."""

DETERMINERS = words(
    """
    a an the this that these those my your his her its our their some any each
    every all both either such another other what which whose more most much many
    few several own same
    """
)
PRONOUNS = words(
    """
    i you he she it we they me him us them mine yours ours theirs myself yourself
    himself herself itself ourselves themselves who whom someone somebody anyone
    anybody everyone everybody something anything everything one ones u
    """
)
AUXILIARIES = words(
    """
    am is are was were be been being do does did done has have had having will
    would shall should can could may might must i'm im i've ive i'd i'll it's he's
    she's that's there's you're we're they're we've they've you've it'll they'll
    let's lets what's gonna wanna gotta ca wo n't 's 'm 're 've 'll 'd ain't
    """
)
PREPOSITIONS = words(
    """
    about above across after against along among around as at before behind below
    beneath beside besides between beyond by despite during except for from in
    inside into like near of off on onto out outside over past per since than
    through throughout till to toward towards under until unto up upon via with
    within down regarding vs
    """
)
CONJUNCTIONS = words(
    """
    and or but nor so yet if because although though while whereas unless when
    whenever where wherever why how whether once plus & / + n
    """
)
ADVERBS = words(
    """
    very really just also too even still again already always almost often
    sometimes ever now then here there quite rather much well only actually
    basically literally totally absolutely completely extremely honestly simply
    especially currently recently lately maybe perhaps probably however therefore
    otherwise instead anyway anymore away back far enough else together soon later
    today tomorrow yesterday ago first last next least most least usually
    constantly please kindly yes ok okay yeah hi hello hey thanks thank cheers
    dear definitely certainly obviously apparently suddenly finally overall
    otherwise etc lol omg pls plz
    """
)
VAGUE = words(
    """
    get gets got getting gotten go goes going went gone make makes made making
    take takes took taken taking give gives gave given giving come comes came
    coming put puts let say says said saying see sees seen saw know knows knew
    known think thinks thought want wants wanted need needs needed try tries tried
    trying use uses used using seem seems seemed feel feels felt look looks looked
    keep keeps kept keeping happen happens happened become becomes became thing
    things stuff lot lots bit way ways kind sort etc guy guys people someone time
    times day days week weeks month months year years hour hours minute minutes
    reason wish hope guess sure able bunch tell tells told ask asks asked cause
    causes caused
    """
)
"""Words too general to be keywords; inside a phrase they are welcome ("keeps crashing")."""

PARTICLES = words("up in out off on down back over through away")
PARTICLE_VERBS = words(
    """
    log sign top turn shut hang cut drop lock kick set back pop opt boot break
    close freeze throw sell show wake mess end start time pay cash check dial call
    fall screw let run speed slow open come go get keep take put give carry opt
    look hold wait bring phone roll clock scan tap buy carry switch
    """
)
"""Verbs that a particle may complete at the end of a phrase: "log in", "hang up", "kicks me out"."""

FUNCTION = DETERMINERS | PRONOUNS | AUXILIARIES | PREPOSITIONS | CONJUNCTIONS | ADVERBS
STOP_BUT_CONTENT = words("call top name move full empty side bottom front show amount")
"""Usual stop words that carry meaning where people write to a service desk ("call drops", "top up")."""

FIRST_VERBS = words("keep keeps keeping")
"""Vague verbs that a label may start with, wherever they stand."""

IMPERATIVES = words("get make take give put let see know use look show")
BEFORE_VERBS = words("to please can't cannot cant can not won't don't didn't just")
"""Vague verbs that may open a label as a command or after these words ("to see my refund")."""

LAST_VAGUE = words("time times day days people minutes hours")
"""Vague words that a label may end in."""

BINDING = words("how what which so too very more most as than")
"""Words that take the next one with them: a phrase that starts after them has lost its head."""

OPEN_NEGATIONS = words(
    """
    not no can't cannot cant won't wont never unable without doesn't don't didn't
    """
)
"""Negations that may stand before any word ("unable to log in", "not on the list")."""

NUMERALS = words("one two three four five six seven eight nine ten")
PAIRING = words("and or & / n")
SUBJECTS = words("i you he she it we they")

NEGATED = words("do does did can could will would is are was were has have")
"""Auxiliaries that "not" follows: "does not work" is no phrase without them."""

TROUBLE = words(
    """
    not crash fail failure error issue problem bug glitch slow lag laggy freeze
    break broken stick stuck miss missing wrong incorrect decline reject lose lost
    disappear block lock late delay unable cancel expire drop disconnect
    overcharge duplicate twice pend pending damage refuse close hang loop
    """
)
"""Lemmas that say what is wrong: of two equal labels, the one that does is more use."""

TO_TAKERS = words(
    """
    unable able want wants need needs try tries trying fail fails failed failing
    refuse refuses refused hard easy difficult impossible how way ways time forced
    forgot ready supposed due has have switch switched connect connected upload
    transfer
    """
)
"""Words that "to" belongs to."""

COMPLETING = words("up in out off")
"""Particles that a keyword is shown with if they usually follow it: "top up", "log in"."""

VERBS = words(
    """
    join open send receive get see find use install delete turn connect sign log let
    make take give put know want keep go come pay buy verify activate withdraw
    """
)
"""Verbs that "no" makes no phrase with ("no join meeting")."""
