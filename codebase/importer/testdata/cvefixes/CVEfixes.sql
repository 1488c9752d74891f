PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "cve" (
"cve_id" TEXT,
"description" TEXT
);
INSERT INTO cve VALUES('CVE-2021-40001',replace('it''s; a text\nINSERT of two lines','\n',char(10)));
CREATE TABLE IF NOT EXISTS "method_change" (
"method_change_id" TEXT,
"file_change_id" TEXT,
"name" TEXT,
"signature" TEXT,
"parameters" TEXT,
"start_line" TEXT,
"end_line" TEXT,
"code" TEXT,
"nloc" TEXT,
"before_change" TEXT
);
INSERT INTO method_change VALUES(1,'10','read_name','read_name( const char * from , char * to)','[]',1,5,replace('static int read_name(const char *from, char *to)\n{\n	strcpy(to, from);\n	return 0;\n}','\n',char(10)),4,'True');
INSERT INTO method_change VALUES(2,'10','read_name','read_name( const char * from , char * to)','[]',1,7,'static int read_name(const char *from, char *to)
{
	if (strlen(from) >= NAME_SIZE)
		return -1;
	strcpy(to, from);
	return 0;
}',6,'False');
INSERT INTO method_change VALUES(3,'11','find_order','find_order( db , number )','[]',1,2,replace('def find_order(db, number):\n    return db.execute("SELECT * FROM orders WHERE number = ''%s''" % number).fetchone()','\n',char(10)),2,'True');
INSERT INTO method_change VALUES(4,'11','find_order','find_order( db , number )','[]',1,2,'def find_order(db, number):
    return db.execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchone()',2,'False');
INSERT INTO method_change VALUES(5,'12','helper','helper()','[]',1,2,'function helper() { return 1; }',1,'False');
INSERT INTO method_change VALUES(6,'13','gone','gone()','[]',1,2,'int unchanged(void)
{
	return 7;
}',1,'True');
INSERT INTO method_change VALUES(7,'14','lost','lost()','[]',1,2,replace('int unchanged(void)\n{\n	return 7;\n}','\n',char(10)),1,'True');
CREATE TABLE IF NOT EXISTS "fixes" (
"cve_id" TEXT,
"hash" TEXT,
"repo_url" TEXT
);
INSERT INTO fixes VALUES('CVE-2021-40001','1111111111111111111111111111111111111111','https://github.com/tools/names');
INSERT INTO fixes VALUES('CVE-2021-40002','1111111111111111111111111111111111111111','https://github.com/tools/names');
INSERT INTO fixes VALUES('CVE-2021-40009','too short');
INSERT INTO fixes VALUES('CVE-2021-40003','2222222222222222222222222222222222222222','https://github.com/shop/orders.git');
CREATE TABLE IF NOT EXISTS "commits" (
"hash" TEXT,
"repo_url" TEXT,
"author" TEXT,
"msg" TEXT
);
INSERT INTO commits VALUES('1111111111111111111111111111111111111111','https://github.com/tools/names','A',replace('check the length; it''s needed\n\nSigned-off','\n',char(10)));
INSERT INTO commits VALUES('2222222222222222222222222222222222222222','https://github.com/shop/orders','B','bind the number');
CREATE TABLE IF NOT EXISTS "file_change" (
"file_change_id" TEXT,
"hash" TEXT,
"filename" TEXT,
"old_path" TEXT,
"new_path" TEXT,
"change_type" TEXT,
"diff" TEXT,
"code_after" TEXT,
"code_before" TEXT,
"programming_language" TEXT
);
INSERT INTO file_change VALUES('10','1111111111111111111111111111111111111111','name.c','src\name.c','src\name.c','ModificationType.MODIFY',replace('@@ -1 +1 @@\n-x','\n',char(10)),'whole file after','whole file before','C');
INSERT INTO file_change VALUES('11','2222222222222222222222222222222222222222','orders.py','orders.py','app/orders.py','RENAME','d','a','b','Python');
INSERT INTO file_change VALUES('12','2222222222222222222222222222222222222222','a.js','None','web/a.js','ADD','d','a','None','JavaScript');
INSERT INTO file_change VALUES('13','2222222222222222222222222222222222222222','t.c','tests/t.c','tests/t.c','MODIFY','d','a','b','C');
INSERT INTO file_change VALUES('14','3333333','t.c','t.c','t.c','MODIFY','d','a','b','C');
CREATE TABLE IF NOT EXISTS "cwe_classification" (
"cve_id" TEXT,
"cwe_id" TEXT
);
INSERT INTO cwe_classification VALUES('CVE-2021-40001','CWE-787');
INSERT INTO cwe_classification VALUES('CVE-2021-40002','CWE-120');
INSERT INTO cwe_classification VALUES('CVE-2021-40003','CWE-89');
INSERT INTO cwe_classification VALUES('CVE-2021-40003','NVD-CWE-noinfo');
CREATE INDEX "ix" ON "cve" ("cve_id");
COMMIT;
