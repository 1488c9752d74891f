--
-- PostgreSQL database dump
--

\restrict abc

SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS integer LANGUAGE plpgsql AS $_$ begin; return ';'; end; $_$;

CREATE TABLE public.cve (
    cve_id text,
    description text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.cve OWNER TO postgrescvedumper;

CREATE TABLE public.cwe_classification (
    cve_id text,
    cwe_id text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.cwe_classification OWNER TO postgrescvedumper;

CREATE TABLE public.commits (
    hash text,
    repo_url text,
    author text,
    msg text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.commits OWNER TO postgrescvedumper;

CREATE TABLE public.file_change (
    file_change_id text,
    hash text,
    filename text,
    old_path text,
    new_path text,
    change_type text,
    diff text,
    code_after text,
    code_before text,
    programming_language text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.file_change OWNER TO postgrescvedumper;

CREATE TABLE public.fixes (
    cve_id text,
    hash text,
    repo_url text,
    rel_type text,
    score text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.fixes OWNER TO postgrescvedumper;

CREATE TABLE public.method_change (
    method_change_id text,
    file_change_id text,
    name text,
    signature text,
    parameters text,
    start_line text,
    end_line text,
    code text,
    nloc text,
    before_change text,
    CONSTRAINT pk CHECK ((1 > 0))
);

ALTER TABLE public.method_change OWNER TO postgrescvedumper;

COPY public.cve (cve_id, description) FROM stdin;
CVE-2021-40001	it's; a text\nINSERT of two lines
\.


COPY public.cwe_classification (cve_id, cwe_id) FROM stdin;
CVE-2021-40001	CWE-787
CVE-2021-40002	CWE-120
CVE-2021-40003	CWE-89
CVE-2021-40003	NVD-CWE-noinfo
\.


COPY public.commits (hash, repo_url, author, msg) FROM stdin;
1111111111111111111111111111111111111111	https://github.com/tools/names	A	check the length; it's needed\n\nSigned-off
2222222222222222222222222222222222222222	https://github.com/shop/orders	B	bind the number
\.


COPY public.file_change (file_change_id, hash, filename, old_path, new_path, change_type, diff, code_after, code_before, programming_language) FROM stdin;
10	1111111111111111111111111111111111111111	name.c	src\\name.c	src\\name.c	ModificationType.MODIFY	@@ -1 +1 @@\n-x	whole file after	whole file before	C
11	2222222222222222222222222222222222222222	orders.py	orders.py	app/orders.py	RENAME	d	a	b	Python
12	2222222222222222222222222222222222222222	a.js	None	web/a.js	ADD	d	a	None	JavaScript
13	2222222222222222222222222222222222222222	t.c	tests/t.c	tests/t.c	MODIFY	d	a	b	C
14	3333333	t.c	t.c	t.c	MODIFY	d	a	b	C
\.


COPY public.fixes (cve_id, hash, repo_url, rel_type, score) FROM stdin;
CVE-2021-40001	1111111111111111111111111111111111111111	https://github.com/tools/names	NVD_DIRECT_COMMIT	1337
CVE-2021-40002	1111111111111111111111111111111111111111	https://github.com/tools/names	X	12
CVE-2021-40003	2222222222222222222222222222222222222222	https://github.com/shop/orders	X	66.5
CVE-2021-40009	too short
\.


COPY public.method_change (method_change_id, file_change_id, name, signature, parameters, start_line, end_line, code, nloc, before_change) FROM stdin;
1	10	read_name	read_name( const char * from , char * to)	[]	1	5	static int read_name(const char *from, char *to)\n{\n\tstrcpy(to, from);\n\treturn 0;\n}	4	True
2	10	read_name	read_name( const char * from , char * to)	[]	1	7	static int read_name(const char *from, char *to)\n{\n\tif (strlen(from) >= NAME_SIZE)\n\t\treturn -1;\n\tstrcpy(to, from);\n\treturn 0;\n}	6	False
3	11	find_order	find_order( db , number )	[]	1	2	def find_order(db, number):\n    return db.execute("SELECT * FROM orders WHERE number = '%s'" % number).fetchone()	2	True
4	11	find_order	find_order( db , number )	[]	1	2	def find_order(db, number):\n    return db.execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchone()	2	False
5	12	helper	helper()	[]	1	2	function helper() { return 1; }	1	False
6	13	gone	gone()	[]	1	2	int unchanged(void)\n{\n\treturn 7;\n}	1	True
7	14	lost	lost()	[]	1	2	int unchanged(void)\n{\n\treturn 7;\n}	1	True
\.


--
-- PostgreSQL database dump complete
--
