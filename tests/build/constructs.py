"""SHACL Core, one construct at a time: a shape, and the focus nodes (with values) that it finds fault with.

The data are below; the answers were worked out by hand from the SHACL Recommendation. `S` is the shape.
"""

from __future__ import annotations

DATA = """
@prefix : <http://x.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:Dog rdfs:subClassOf :Animal . :Puppy rdfs:subClassOf :Dog .
:rex a :Dog ; :name "Rex"@en, "رکس"@fa ; :age 3 ; :born "2020-05-01"^^xsd:date ;
    :died "2023-05-01"^^xsd:date ; :owner :ann ; :friend :bo, :cat ; :code "A-1" ; :weight 3.5 ; :top :rex .
:bo a :Puppy ; :name "Bo"@en, "Bobo"@en, "bo" ; :age "old" ; :born "2024-01-01"^^xsd:date ;
    :died "2023-01-01"^^xsd:date ; :friend :rex ; :code "a-1", "B" ; :weight "heavy" ; :parent :rex .
:cat a :Cat ; :name "Cat"@en-GB ; :age 7, 8 ; :owner :ann, :bob ; :friend :cat ; :parent :bo ;
    :alias "Cat"@en-GB .
:ann :knows :bob ; :age 30 ; :flag true .
:bob :knows "Ann" ; :age "x"^^xsd:integer ; :flag "yes"^^xsd:boolean .
"""

_ALL = "sh:targetNode :rex, :bo, :cat"

# Name → (shape, what it finds as "focus" or "focus value").
CORE: dict[str, tuple[str, set[str]]] = {
    "target-class": (":S sh:targetClass :Animal ; sh:path :owner ; sh:minCount 1", {"bo"}),
    "target-subjects": (":S sh:targetSubjectsOf :parent ; sh:path :owner ; sh:minCount 1", {"bo"}),
    "target-objects": (":S sh:targetObjectsOf :owner ; sh:path :knows ; sh:nodeKind sh:IRI", {"bob Ann"}),
    "target-missing": (":S sh:targetNode :nobody ; sh:path :age ; sh:minCount 1", {"nobody"}),
    "target-literal": (":S sh:targetObjectsOf :code ; sh:minLength 2", {"B B"}),
    "class-as-shape": (":Cat a rdfs:Class . :S sh:targetNode :x . :Cat sh:nodeKind sh:Literal", {"cat cat"}),
    "deactivated": (f":S {_ALL} ; sh:path :owner ; sh:maxCount 0 ; sh:deactivated true", set()),
    "path-inverse": (f":S {_ALL} ; sh:path [ sh:inversePath :parent ] ; sh:minCount 1", {"cat"}),
    "path-sequence": (f":S {_ALL} ; sh:path ( :parent :parent ) ; sh:minCount 1", {"rex", "bo"}),
    "path-sequence-max": (f":S {_ALL} ; sh:path ( :friend :name ) ; sh:maxCount 2", {"rex"}),
    "path-alternative": (
        f":S {_ALL} ; sh:path [ sh:alternativePath ( :owner :parent ) ] ; sh:maxCount 2",
        {"cat"},
    ),
    "path-zero-or-more": (f":S {_ALL} ; sh:path [ sh:zeroOrMorePath :parent ] ; sh:maxCount 2", {"cat"}),
    "path-one-or-more": (f":S {_ALL} ; sh:path [ sh:oneOrMorePath :parent ] ; sh:minCount 2", {"rex", "bo"}),
    "path-zero-or-one": (f":S {_ALL} ; sh:path [ sh:zeroOrOnePath :parent ] ; sh:minCount 2", {"rex"}),
    "path-nested": (
        f":S {_ALL} ; sh:path ( [ sh:inversePath :parent ] [ sh:zeroOrMorePath :friend ] ) ; sh:minCount 2",
        {"bo", "cat"},
    ),
    "min-count-3": (f":S {_ALL} ; sh:path :name ; sh:minCount 3", {"rex", "cat"}),
    "max-count": (f":S {_ALL} ; sh:path :owner ; sh:maxCount 1", {"cat"}),
    "max-count-2": (f":S {_ALL} ; sh:path :name ; sh:maxCount 2", {"bo"}),
    "class": (f":S {_ALL} ; sh:path :friend ; sh:class :Animal", {"rex cat", "cat cat"}),
    "class-literal": (":S sh:targetNode :bob ; sh:path :knows ; sh:class :Animal", {"bob Ann"}),
    "datatype-integer": (
        ":S sh:targetSubjectsOf :age ; sh:path :age ; sh:datatype xsd:integer",
        {"bo old", "bob x"},
    ),
    "datatype-decimal": (f":S {_ALL} ; sh:path :weight ; sh:datatype xsd:decimal", {"bo heavy"}),
    "datatype-boolean": (
        ":S sh:targetSubjectsOf :flag ; sh:path :flag ; sh:datatype xsd:boolean",
        {"bob yes"},
    ),
    "datatype-date": (f":S {_ALL} ; sh:path :died ; sh:datatype xsd:date", set()),
    "datatype-string": (
        f":S {_ALL} ; sh:path :name ; sh:datatype xsd:string",
        {"rex Rex", "rex رکس", "bo Bo", "bo Bobo", "cat Cat"},
    ),
    "datatype-lang": (f":S {_ALL} ; sh:path :name ; sh:datatype rdf:langString", {"bo bo"}),
    "node-kind": (":S sh:targetSubjectsOf :knows ; sh:path :knows ; sh:nodeKind sh:IRIOrLiteral", set()),
    "node-kind-blank": (":S sh:targetNode :ann ; sh:nodeKind sh:BlankNodeOrLiteral", {"ann ann"}),
    "min-exclusive": (f":S {_ALL} ; sh:path :age ; sh:minExclusive 7", {"rex 3", "bo old", "cat 7"}),
    "min-inclusive": (f":S {_ALL} ; sh:path :age ; sh:minInclusive 7", {"rex 3", "bo old"}),
    "max-exclusive": (f":S {_ALL} ; sh:path :age ; sh:maxExclusive 7.0", {"bo old", "cat 7", "cat 8"}),
    "max-inclusive": (
        f':S {_ALL} ; sh:path :born ; sh:maxInclusive "2023-01-01"^^xsd:date',
        {"bo 2024-01-01"},
    ),
    "min-length": (f":S {_ALL} ; sh:path :name ; sh:minLength 3", {"bo Bo", "bo bo"}),
    "max-length": (":S sh:targetNode :rex ; sh:maxLength 8", {"rex rex"}),
    "pattern": (f':S {_ALL} ; sh:path :code ; sh:pattern "^[A-Z]-"', {"bo a-1", "bo B"}),
    "pattern-flags": (f':S {_ALL} ; sh:path :code ; sh:pattern "^[A-Z]-" ; sh:flags "i"', {"bo B"}),
    "pattern-escapes": (f':S {_ALL} ; sh:path :code ; sh:pattern "^\\\\w-\\\\d$|\\"\'"', {"bo B"}),
    "language-in": (f':S {_ALL} ; sh:path :name ; sh:languageIn ( "en" )', {"rex رکس", "bo bo"}),
    "unique-lang": (f":S {_ALL} ; sh:path :name ; sh:uniqueLang true", {"bo"}),
    "unique-lang-off": (f":S {_ALL} ; sh:path :name ; sh:uniqueLang false", set()),
    "equals": (
        f":S {_ALL} ; sh:path :friend ; sh:equals :top",
        {"rex bo", "rex cat", "rex rex", "bo rex", "cat cat"},
    ),
    "equals-node": (":S sh:targetNode :rex, :bo ; sh:equals :top", {"bo bo"}),
    "disjoint": (f":S {_ALL} ; sh:path :name ; sh:disjoint :alias", {"cat Cat"}),
    "less-than": (f":S {_ALL} ; sh:path :born ; sh:lessThan :died", {"bo 2024-01-01"}),
    "less-than-or-equals": (f":S {_ALL} ; sh:path :died ; sh:lessThanOrEquals :born", {"rex 2023-05-01"}),
    "not": (f":S {_ALL} ; sh:not [ sh:path :owner ; sh:minCount 1 ]", {"rex rex", "cat cat"}),
    "and": (
        f":S {_ALL} ; sh:and ( [ sh:path :owner ; sh:minCount 1 ] [ sh:path :age ; sh:maxCount 1 ] )",
        {"bo bo", "cat cat"},
    ),
    "or": (f":S {_ALL} ; sh:or ( [ sh:path :owner ; sh:maxCount 1 ] [ sh:class :Dog ] )", {"cat cat"}),
    "xone": (f":S {_ALL} ; sh:xone ( [ sh:path :owner ; sh:minCount 1 ] [ sh:class :Dog ] )", {"rex rex"}),
    "or-of-values": (
        f":S {_ALL} ; sh:path :age ; sh:or ( [ sh:datatype xsd:string ] [ sh:minInclusive 7 ] )",
        {"rex 3"},
    ),
    "node": (
        f":S {_ALL} ; sh:path :friend ; sh:node [ sh:property [ sh:path :owner ; sh:minCount 1 ] ]",
        {"rex bo"},
    ),
    "node-count-2": (
        f":S {_ALL} ; sh:path :friend ; sh:node [ sh:property [ sh:path :age ; sh:minCount 2 ] ]",
        {"rex bo", "bo rex"},
    ),
    "node-count-3": (
        f":S {_ALL} ; sh:path :friend ; "
        "sh:node [ sh:property [ sh:path :name ; sh:minCount 3 ; sh:maxCount 5 ] ]",
        {"rex cat", "bo rex", "cat cat"},
    ),
    "property": (
        f":S {_ALL} ; sh:path :friend ; sh:property :T . :T sh:path :age ; sh:datatype xsd:integer",
        {"bo old"},
    ),
    "property-of-node": (f":S {_ALL} ; sh:property :T . :T sh:path :owner ; sh:maxCount 1", {"cat"}),
    "qualified-min": (
        f":S {_ALL} ; sh:path :friend ; sh:qualifiedValueShape [ sh:class :Dog ] ; sh:qualifiedMinCount 1",
        {"cat"},
    ),
    "qualified-max": (
        ":S sh:targetNode :rex ; sh:path :friend ; "
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1",
        {"rex"},
    ),
    "qualified-disjoint": (
        ":S sh:targetNode :rex ; sh:property :T, :U . "
        ":T sh:path :friend ; sh:qualifiedValueShape :Kin ; sh:qualifiedMinCount 2 ; "
        "sh:qualifiedValueShapesDisjoint true . :Kin sh:nodeKind sh:IRI . :Cats sh:class :Cat . "
        ":U sh:path :friend ; sh:qualifiedValueShape :Cats ; sh:qualifiedMinCount 1",
        {"rex"},
    ),
    "closed": (
        ":S sh:targetNode :ann, :bob ; sh:closed true ; sh:ignoredProperties ( :flag ) ; sh:property :T . "
        ":T sh:path :age",
        {"ann bob", "bob Ann"},
    ),
    "closed-values": (
        ":S sh:targetNode :rex ; sh:path :owner ; sh:closed true ; sh:ignoredProperties ( :age )",
        {"rex bob", "rex true"},
    ),
    "has-value": (f':S {_ALL} ; sh:path :name ; sh:hasValue "Bo"@en', {"rex", "cat"}),
    "has-value-number": (f":S {_ALL} ; sh:path :age ; sh:hasValue 7.0", {"rex", "bo", "cat"}),
    "in": (f':S {_ALL} ; sh:path :age ; sh:in ( 3 "old" 8.0 )', {"cat 7", "cat 8"}),
    "in-iris": (f":S {_ALL} ; sh:path :owner ; sh:in ( :ann )", {"cat bob"}),
    "in-nothing": (f":S {_ALL} ; sh:path :parent ; sh:in ()", {"bo rex", "cat bo"}),
}

# What is not compiled and pySHACL can do.
FALLBACK: dict[str, tuple[str, set[str]]] = {
    "sparql": (
        f':S {_ALL} ; sh:sparql [ sh:select "SELECT $this ?value WHERE '
        '{ $this <http://x.example/age> ?value FILTER (isNumeric(?value) && ?value > 7) }" ]',
        {"cat 8"},
    ),
    "sparql-inside": (
        ":S sh:targetNode :cat, :rex ; sh:not [ sh:sparql [ "
        'sh:select "SELECT $this WHERE { $this a <http://x.example/Cat> }" ] ]',
        {"rex rex"},
    ),
    "pattern-looking-ahead": (f':S {_ALL} ; sh:path :code ; sh:pattern "^(?!a)"', {"bo a-1"}),
    "datatype-unusual": (
        f":S {_ALL} ; sh:path :age ; sh:datatype xsd:gYear",
        {"rex 3", "bo old", "cat 7", "cat 8"},
    ),
    "own-component": (
        f":S {_ALL} ; :wants :owner . :C a sh:ConstraintComponent ; sh:parameter [ sh:path :wants ] ; "
        'sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { $value $wants ?any }" ]',
        {"bo bo"},
    ),
}

# What nothing here can check, and what the message says.
REFUSED: dict[str, tuple[str, str]] = {
    "unknown": (f":S {_ALL} ; sh:novelty true", "novelty"),
    "target": (":S sh:target [ a sh:SPARQLTarget ] ; sh:nodeKind sh:IRI", "sh#?.*target|shacl#target"),
    "script": (f":S {_ALL} ; sh:js [ sh:jsFunctionName 'f' ]", "shacl#js"),
    "unknown-inside": (f":S {_ALL} ; sh:not [ sh:novelty true ]", "novelty"),
    "itself": (
        f":S {_ALL} ; sh:path :friend ; sh:node :T . :T sh:property :U . :U sh:path :friend ; sh:node :T",
        "itself",
    ),
    "two-paths": (f":S {_ALL} ; sh:path :a, :b ; sh:minCount 1", "2 paths"),
    "no-path": (f":S {_ALL} ; sh:path [ :a :b ] ; sh:minCount 1", "no property path"),
    "no-list": (f":S {_ALL} ; sh:in :a", "needs a list"),
    "no-name": ("[] sh:targetNode :rex ; sh:nodeKind sh:Literal", "needs an IRI"),
    "no-name-below": (f":S {_ALL} ; sh:property [ sh:path :a ; sh:minCount 1 ]", "needs an IRI"),
}
