/*
 * SOQL, as the query resources of a Salesforce org accept it from outside (no Apex binds, no WITH USER_MODE).
 *
 * The grammar decides what is a sentence; whether the sentence makes sense for an org (objects, fields, types,
 * what Bulk query refuses) is decided after it. It is a little wider than the engine behind it, so that what is
 * known but not offered gets a message of its own instead of "unexpected token".
 */
grammar Soql;

options {
  caseInsensitive = true;
}

statement
  : query EOF
  ;

query
  : SELECT selectList FROM fromObject (USING SCOPE name)? (WHERE condition)? groupBy? orderBy? limit? offset? (FOR (VIEW | REFERENCE))?
  ;

selectList
  : selectItem (COMMA selectItem)*
  ;

selectItem
  : operand alias?
  | LPAREN query RPAREN
  | TYPEOF path (WHEN name THEN path (COMMA path)*)+ (ELSE path (COMMA path)*)? END
  ;

fromObject
  : path (AS? alias)? (COMMA path (AS? alias)?)*
  ;

condition
  : term ((AND term)+ | (OR term)+)?
  ;

term
  : NOT term
  | LPAREN condition RPAREN
  | comparison
  ;

comparison
  : operand compareOperator value
  | operand NOT? IN (LPAREN value (COMMA value)* RPAREN | LPAREN query RPAREN | bind)
  | operand (INCLUDES | EXCLUDES) LPAREN value (COMMA value)* RPAREN
  ;

compareOperator
  : EQ
  | NE
  | LT
  | LE
  | GT
  | GE
  | LIKE
  ;

value
  : STRING
  | INTEGER
  | DECIMAL
  | TRUE
  | FALSE
  | NULL
  | DATE
  | DATETIME
  | name COLON INTEGER
  | path
  | bind
  ;

bind
  : COLON path
  ;

groupBy
  : GROUP BY operand (COMMA operand)* (HAVING condition)?
  ;

orderBy
  : ORDER BY orderItem (COMMA orderItem)*
  ;

orderItem
  : operand (ASC | DESC)? (NULLS (FIRST | LAST))?
  ;

limit
  : LIMIT INTEGER
  ;

offset
  : OFFSET INTEGER
  ;

operand
  : path
  | call
  ;

call
  : name LPAREN (operand (COMMA operand)*)? RPAREN
  ;

path
  : name (DOT name)*
  ;

alias
  : IDENT
  ;

/* Words of the language that are also names of objects and fields (FROM Order, Case.Group ...). */
name
  : IDENT
  | ORDER
  | GROUP
  | BY
  | OFFSET
  | FOR
  | VIEW
  | REFERENCE
  | SCOPE
  | FIRST
  | LAST
  | NULLS
  | ASC
  | DESC
  | AS
  | TYPEOF
  | WHEN
  | THEN
  | ELSE
  | END
  ;

SELECT: 'select';
FROM: 'from';
WHERE: 'where';
AND: 'and';
OR: 'or';
NOT: 'not';
IN: 'in';
LIKE: 'like';
INCLUDES: 'includes';
EXCLUDES: 'excludes';
NULL: 'null';
TRUE: 'true';
FALSE: 'false';
USING: 'using';
SCOPE: 'scope';
HAVING: 'having';
LIMIT: 'limit';
OFFSET: 'offset';
ORDER: 'order';
GROUP: 'group';
BY: 'by';
ASC: 'asc';
DESC: 'desc';
NULLS: 'nulls';
FIRST: 'first';
LAST: 'last';
FOR: 'for';
VIEW: 'view';
REFERENCE: 'reference';
AS: 'as';
TYPEOF: 'typeof';
WHEN: 'when';
THEN: 'then';
ELSE: 'else';
END: 'end';

EQ: '=';
NE: '!=' | '<>';
LE: '<=';
LT: '<';
GE: '>=';
GT: '>';
LPAREN: '(';
RPAREN: ')';
COMMA: ',';
DOT: '.';
COLON: ':';

STRING: '\'' (ESCAPE | ~['\\])* '\'';
fragment ESCAPE: '\\' .;

DATETIME: DATE 'T' [0-9][0-9] ':' [0-9][0-9] ':' [0-9][0-9] ('.' [0-9]+)? ('Z' | [+-] [0-9][0-9] ':'? [0-9][0-9]);
DATE: [0-9][0-9][0-9][0-9] '-' [0-9][0-9] '-' [0-9][0-9];
DECIMAL: [+-]? [0-9]* '.' [0-9]+ EXPONENT? | [+-]? [0-9]+ EXPONENT;
INTEGER: [+-]? [0-9]+;
fragment EXPONENT: 'e' [+-]? [0-9]+;

IDENT: [a-z_] [a-z0-9_]*;
WS: [ \t\r\n\u00A0]+ -> skip;
UNEXPECTED: .;
