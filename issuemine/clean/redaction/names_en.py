"""What tells an English name from other capitalised words: common first names, and words that are no name."""

from __future__ import annotations

FIRST_NAMES = frozenset(
    "aaron abigail adam adrian aisha alan albert alejandro alex alexander alexandra alice alicia alison allison amanda amber amelia "
    "amy ana andrea andrew andy angela anita ann anna anne annie anthony antonio arjun arthur ashley audrey barbara ben benjamin "
    "bernard beth betty beverly bob bonnie brandon brenda brian bruce bryan caitlin callum cameron carl carlos carmen carol caroline "
    "catherine cathy charles chloe chris christina christine christopher cindy claire clara colin connor craig cynthia daniel danielle "
    "darren dave david deborah debra denise dennis derek diana diane diego dmitri dominic donald donna doris dorothy douglas duncan "
    "dylan ed eddie edward eileen elaine eleanor elena elizabeth ella ellen emily emma eric erica erik erin ethan eugene evan eva "
    "evelyn fatima fiona frances francis frank fred frederick gabriel gareth gary geoffrey george gerald geraldine gillian gloria "
    "gordon graham greg gregory hannah harold harriet harry hassan heather helen henry howard hugh ian ibrahim imran irene isaac "
    "isabel isabella ivan jack jackie jacob jacqueline jake james jamie jane janet janice jason jasmine jean jeff jeffrey jennifer "
    "jenny jeremy jerry jesse jessica jill jim jimmy joan joanna joanne joe joel johanna john johnny jonathan jose joseph joshua "
    "joyce juan juanita judith judy julia julian julie justin karen karl kate katherine kathleen kathryn katie kayla keith kelly ken "
    "kenneth kevin kim kimberly kristen kyle larry laura lauren laurence lawrence leah lee leo leon leonard leslie liam linda lisa "
    "logan lois louis louise lucas lucy luis luke lynn madison malcolm marcus margaret maria marie marilyn marion marjorie mark "
    "martha martin marvin mary matt matthew maureen maya megan melanie melissa mia michael michelle miguel mike mohamed mohammed "
    "mohammad monica muhammad nancy naomi natalie natasha nathan neil nicholas nick nicole nigel nina noah nora norman oliver olivia "
    "omar oscar owen pamela patricia patrick paul paula pauline peggy peter phil philip phillip phyllis pierre priya rachel rahul ralph "
    "raj ralph raymond rebecca renee rhonda ricardo richard rick rita rob robert roberta robin roger ronald rosa rosemary ross roy ruby "
    "russell ruth ryan sally sam samantha samuel sandra sanjay sara sarah scott sean sergio sharon shaun sheila shirley simon sofia "
    "sonia sophia sophie stacey stanley stella stephanie stephen steve steven stewart stuart sue susan suzanne sylvia tamara tanya "
    "tara ted teresa terry theresa thomas tiffany tim timothy tina todd tom tony tracey tracy travis trevor tyler valerie vanessa "
    "vera vicky victor victoria vikram vincent virginia vivian walter wanda wayne wendy wei william winston yasmin yolanda yusuf yvonne "
    "zachary zoe minjun jihoon jiwoo seojun sooyoung minho jisoo hyunwoo".split()
)
"""First names that are rarely anything else at the head of a capitalised pair."""

NOT_NAMES = frozenset(
    "the a an and or of for to in on at by from with your our my his her its their this that these those it i we you he she they "
    "team support service services customer care sales help desk staff department company group inc ltd llc corp bank office "
    "please thanks thank regards best kind warm sincerely cheers hi hello dear hey sir madam all everyone folks guys there "
    "microsoft google apple amazon samsung facebook netflix zoom teams windows android iphone ipad outlook office excel word "
    "chrome firefox paypal visa mastercard uber ebay walmart tesco vodafone verizon comcast spotify adobe slack whatsapp "
    "account order refund app update error login password invoice payment card delivery issue problem bug feature version "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today tomorrow yesterday not no yes never still just only also now very really so too "
    "street road avenue drive court place square city town county state north south east west school university "
    "college hospital infirmary clinic ward medical royal church airport station hotel store shop centre center mall beach island river "
    "is was are were be been has have had do does did can could will would should may might must sent sorry great good bad "
    "user users admin administrator manager management technical engineer security billing accounts finance product owner "
    "frustrated disappointed unhappy concerned angry anonymous unknown none test missing wrong incorrect blank null na "
    "worst terrible awful horrible amazing awesome excellent waiting looking having getting trying using when what why how "
    "who where which while if but as because since after before until then than new old first last second third one two "
    "skype me okay ok beautiful awesome needs nice perfect done yes wow hope everything nothing english korean spanish french german american british indian chinese japanese".split()
)
"""Words that may be capitalised where a name is expected and are none."""

BRANDS = frozenset(
    "michael kors,calvin klein,ralph lauren,tommy hilfiger,kate spade,tory burch,jack daniels,james bond,harry potter,mark down,"
    "paul smith,victoria secret,victoria station,virginia beach,virginia tech,ben sherman,charles schwab,edward jones,jimmy choo,"
    "henry ford,marks spencer,john deere,john lewis,johnny walker,jack wolfskin,wayne state,stella artois,stanley cup,lee jeans,ruby rails,"
    "louis vuitton,thomas cook,philip morris,russell hobbs,frank green,mary kay,hugo boss,lauren conrad,tim hortons,logan airport,"
    "madison square,lincoln center,bernard matthews,leonard cheshire,bob evans,jenny craig,wendy burger,peter pan,tom clancy,ryan air,"
    "ted talk,ted talks,martens,pepper,who,strange,dre,oetker,no,scholl,robot,bean,coffee,victoria park,victoria lane,madison park,gordon ramsay,martha stewart,morgan stanley,jim beam,oscar mayer,austin reed,martin luther,scott trade".split(
        ","
    )
)
"""Names of products and companies made of a first name and another word."""
