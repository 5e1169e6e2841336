"""Names that people are given: by themselves they name nobody. Pure."""

from __future__ import annotations

#: The commonest ones of the languages that most podcasts are in, but those that are places or works too.
GIVEN_NAMES = frozenset(
    """
    aaron abby abigail adam adrian alan albert alex alexander alexandra alexis alfred alice alicia alison
    allan allen allison amanda amber amelia amy ana andrea andreas andreu andrew andy angela angie anita
    ann anna anne annie anthony antoine antoni antonio april arjen arjun arnaud arne arthur barbara barry
    bart beatrice beatriz becky ben benjamin bernard bernd bert beth betty bill billy björn bob bobby brad
    bram brandon brenda brendan brent brett brian bridget bruce bruno bryan bryce caitlin carl carla
    carles carlos carmen carol carolina caroline carrie catherine cathy cecilia chad charles charlie chloe
    chris christian christina christine christoph christophe christopher cindy claire clara claudia colin
    connor corey craig cristina curtis cynthia dale damien dan dana daniel daniela danielle danny dario
    darren dave david dawn dean debbie deborah denis dennis derek diana diane diego dirk dominic dominique
    don donald donna doug douglas dylan ed eddie eduardo edward elena elizabeth ellen ellie emily emma
    enrique eric erica erik erin ethan eva evan fabien fabrice federico felipe felix fernanda fernando
    francesca francesco francis francisco frank franz françois fred frederic frédéric gabriel gareth gary
    gavin geert geoff george gerard gerhard gert gilbert gina giovanni giulia glenn gloria gonzalo gordon
    graham greg gregory guillaume guillem gustavo guy hannah hans harald harry heather heidi heike helen
    helena helmut henk henri henrik henry holly howard hugh hugo ian ignacio igor ingrid irene isaac
    isabel isabelle ivan jack jacob jacques jaime jake james jamie jan jane janet jared jason javier jay
    jean jeff jeffrey jen jenna jennifer jenny jens jeremy jeroen jerry jesper jesse jessica jill jim
    jimmy joan joana joanna joanne joaquin joe joel johan johanna johannes john johnny jon jonas jonathan
    joost jordi jorge jose josep joseph josh joshua josé joão juan judith judy julia julian julie julien
    justin jürgen karen karin karl karla kasper kate katherine kathleen kathryn kathy katie keith kelly
    ken kenneth kevin kieran kim kirsten klaas klaus kristen kristin kristina kurt kyle lars laura lauren
    laurent lee leila leo leon leonardo leslie linda lindsay lisa liz lorenzo lotte louis louise loïc
    lucas lucia lucy luis luisa luiz lukas luke lydia mads maggie maike manuel manuela marc marcel marcelo
    marco marcus margaret maria mariana marie marina marion marjolein mark markus marta martha martin mary
    mathias mathieu matt matteo matthew matthias maureen max meg megan mel melanie melissa mette michael
    michaela michel michele michelle mick miguel mihai mikael mike mikkel mitch moira molly monica monika
    morgan morten mustafa nadia nadine nancy natalia natalie nathan neil nicholas nick nico nicolas nicole
    niels nigel nikki nina noah nora núria oliver olivia olivier oriol oscar pablo pam pamela paolo pascal
    pat patricia patrick patty pau paul paula paulo pedro peggy penny pere pete peter petra phil philip
    philippe phillip pierre pieter pilar quentin rachel rafael ralf ralph ramon randy raphael raquel raul
    ray rebecca regina renata rené ricardo richard rick ricky rob robert roberta roberto robin rodrigo
    roger roland romain ron ronald rosa rosie ross roxanne roy russ russell ruth ryan sally sam samantha
    samuel sandra sandy sara sarah scott sean sebastian sergi sergio seth shane shannon sharon shaun shawn
    sheila simon simone sofie sonia sophie stacy stan stefan stefano steffen stephan stephanie stephen
    steve steven stuart sue susan susanne suzanne sven sylvain sylvia søren tamara tammy tania tanya tara
    ted teresa terry theo theresa thierry thijs thomas tiffany tim timothy tina tobias todd tom tommy toni
    tony tracy travis trevor tristan tyler ulrich ursula valerie vanessa vera veronica vicky victor
    vincent vinny virginie walter wayne wendy werner wes wesley will willem william wolfgang wouter xavier
    yann yvonne zach zack zoe zoë
    """.split()
)
