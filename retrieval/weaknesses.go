package retrieval

import "github.com/seccoder/seccoder/codebase"

// kinds are the weaknesses that are another one in particular, by MITRE's tree of CWEs; an
// example of the one teaches what to do about the other. CWE-120 is a neighbour there of
// CWE-787, and in code the same mistake.
var kinds = map[codebase.CWE]codebase.CWE{
	23: 22, 36: 22,
	80: 79, 83: 79, 87: 79,
	564: 89,
	95:  94, 96: 94,
	120: 787, 121: 787, 122: 787, 124: 787,
	126: 125, 127: 125,
	259: 798, 321: 798,
	328: 327,
	338: 330,
	789: 770,
}

// Kind returns the weakness that another one is in general, by MITRE's tree of CWEs and, of
// CWE-120, by what it is in code: CWE-121, an overflow on the stack, is a CWE-787. One that is
// no other's kin here is its own kind.
func Kind(cwe codebase.CWE) codebase.CWE {
	if general, ok := kinds[cwe]; ok {
		return general
	}
	return cwe
}

// weaknessTexts say what code looks like in which a weakness lurks: what it does, and
// the functions and words that it uses. An embedder brings such code near to them.
// They are of the paper's nine weaknesses, of the CWE Top 25 of 2025, and of those that the
// starter examples are about. Keep them general: words of an evaluation's test scenarios
// would make it measure them.
//
// After a change run "make vectors".
var weaknessTexts = map[codebase.CWE]string{
	20:   "Input not validated: a number, length, name or option from a request, a form, a file or the command line is used without checking its type, range or format. Parse, convert, int, atoi, validate.",
	22:   "Path traversal: a file name from outside is joined to a folder, and the file is opened, read, saved, sent, unpacked or deleted. open, os.path.join, filename, upload, download, send_file, tarfile and zipfile members, fopen, realpath, directory.",
	77:   "Command injection: text from outside becomes part of a command line that some interpreter reads: a shell, a remote session, a device, a mail or version control program.",
	78:   "OS command injection: another program is run, with arguments from outside. subprocess.run, Popen, check_output, shell=True, os.system, popen, exec, execvp, system(), a command built of strings.",
	79:   "Cross-site scripting: an HTML page is made of values from a request or a database. Web view, template, render, response, markup, escape, tags such as <h1> and <a href>, a user's name or comment shown in the browser.",
	89:   "SQL injection: a database query is made with values from outside. cursor.execute, SELECT FROM WHERE, INSERT INTO, UPDATE, DELETE, connect, commit, sqlite3, MySQL, psycopg2, table, row, fetchone.",
	94:   "Code injection: text from outside is run as code or as a template. eval, exec, compile, expression, formula, script, plugin, import of a module by name.",
	95:   "Code injection by evaluation: text from outside is put into a string that the language evaluates. eval, Function, exec, compile, source text, string of code.",
	116:  "Output not encoded for its reader: values are put between the separators or quotes of another format. Header, mail, JSON, XML, quote, escape, line, attribute.",
	117:  "Log injection: text from outside is written to a log as it is. log, logger.info, warn, error, printf into a log file, line breaks, entries.",
	120:  "Buffer copied without looking at its size: a C string or block of bytes is copied or read into an array of fixed length. strcpy, strcat, sprintf, gets, scanf of %s.",
	121:  "Overflow of a buffer on the stack: a local char array is filled from input, an argument or a string of unknown length. char buf[64], strcpy, sprintf, read, recv.",
	122:  "Overflow of a buffer on the heap: memory from malloc, calloc or new is filled with more bytes than were allocated. malloc, memcpy, realloc, length, size.",
	125:  "Read outside a buffer: elements of an array or bytes of a buffer are read at an index, offset or length. C parser or decoder of packets, headers and image data, array[index], data[i], length, size, lookup in a table.",
	129:  "Array index from outside: a number from input, a message or a request chooses an element of an array or table. index, table[i], get(i), colour or day number, bounds.",
	190:  "Integer overflow: numbers are added, multiplied or shifted, and the result may not fit. Sum, total, count, product, average, width * height, size computation before malloc, int, unsigned, uint32_t, INT_MAX, atoi, strtol.",
	200:  "Information exposed: a response, an error message or a log shows passwords, keys, stack traces, paths or other users' data. traceback, debug, exception text, dump of the environment.",
	284:  "Access not controlled: an action or a resource is open to everybody. Roles, permissions, admin, owner, policy, rules of access.",
	287:  "Authentication that can be passed by: a login or a token is checked wrongly. Compare password, verify signature, session, API key, trusted client, return true.",
	295:  "Certificate not checked: a TLS connection is made to a server whose certificate nobody verifies. https, ssl context, verify=False, InsecureSkipVerify, rejectUnauthorized, TrustManager, hostname.",
	306:  "Authentication missing: an endpoint does something critical for whoever calls it. Route without login, admin interface, reset, delete, configure, token or session not asked for.",
	307:  "Guessing without a limit: a login, a PIN or a code can be tried as often as one likes. Attempts, failures, lock, delay, rate limit.",
	321:  "Key in the source: a cryptographic key, salt or signing secret is a constant in the code. SECRET, key bytes, encrypt, sign, hmac, token, private key.",
	327:  "Broken cipher: data is encrypted with an old algorithm or mode. DES, RC4, ECB, Cipher.getInstance, createCipheriv, encrypt, decrypt, AES, padding, initialisation vector.",
	328:  "Weak hash: a password or a file is hashed with a fast or broken function. md5, sha1, hashlib, MessageDigest, digest, hexdigest, password storage, checksum, salt, bcrypt, scrypt.",
	330:  "Values that can be predicted: an identifier, a key or a token is made from random numbers. random, rand, srand(time), uuid, session id, nonce.",
	338:  "Weak random generator: a token, password, code or key is drawn with a generator that is not for security. random.choice, Math.random, rand, math/rand, java.util.Random, mt19937, alphabet.",
	352:  "Cross-site request forgery: a form or a POST request changes something by the cookie alone. Session, form, csrf token, POST handler, change of password or e-mail, transfer.",
	353:  "Integrity not checked: data, an update or a message is taken over without a signature or a checksum. Download, install, plugin, manifest, hmac, verify.",
	362:  "Race condition: several threads or requests read and change the same value. Balance, stock, booking, goroutine, thread, lock, mutex, transaction, check and then update.",
	367:  "Time of check to time of use: a file is looked at first and opened later. exists, access, stat, lstat, isfile, then open, unlink, rename, chmod; temporary file, lock file.",
	400:  "Resources used up: what a client sends decides how much time, memory, files or connections are used. Timeout, limit, loop, decompress, regular expression, queue, batch.",
	416:  "Use after free: memory is freed, released or reallocated, and a pointer to it is used later. free, delete, kfree, destroy, unref, remove of a node from a linked list, cleanup on an error path, callback, cached pointer, iterator.",
	434:  "Upload of a dangerous file: a file that a user sends is stored where it can be run or served. File upload, content type, extension, save, avatar, attachment.",
	476:  "NULL pointer dereference: a pointer that may be NULL is used. Result of malloc, calloc, fopen, strdup, getenv, strchr, find or lookup, p->field, struct filled after allocation, missing check of the return value.",
	502:  "Deserialisation of untrusted data: objects are restored from bytes, a file or a message. pickle.loads, yaml.load, marshal, joblib, ObjectInputStream, unserialize, session or cache data.",
	532:  "Secrets in a log: a password, token, card number or whole request is written to a log. logging, logger.debug, console.log, print of headers, body, credentials, user data.",
	601:  "Open redirect: the browser is sent to an address that comes from the request. redirect, url, return address, Location header, sendRedirect, status 302.",
	611:  "XML external entities: an XML document from outside is parsed. etree.parse, fromstring, DocumentBuilderFactory, SAXParser, lxml, libxml, DOCTYPE, entity, resolve.",
	639:  "Authorisation by a key that the user gives: a record is fetched by an id from the request, whoever owns it. get by id, order, invoice, account, document, user_id, current user.",
	674:  "Recursion without a limit: a function calls itself as deep as its input is nested. Depth, level, children, tree, node, visit, stack.",
	681:  "Wrong conversion of numbers: a number is turned into a smaller or another type. int(), (int) cast, uint8, float to integer, long to int, size_t, truncated, parse of a large number.",
	732:  "Permissions too wide: a file or folder is made that others can read or write. open with mode, chmod 0777, 0666, mkdir, umask, key file, config file, socket.",
	770:  "Allocation without a limit: memory, threads, connections or work grow with what a client asks for. Read of a whole body, queue, cache, page size, recursion, loop over a count from outside.",
	772:  "Resource not released: a file, a connection, a lock or memory is opened and not closed on every path. open, close, connect, cursor, defer, finally, with, error path.",
	787:  "Write outside a buffer: C code writes into an array or a buffer. buffer[i] = value, an index from input, strcpy, memcpy, sprintf, snprintf, strncat, scanf, gets, fgets, char array of fixed size, terminating zero, append, copy a string, matrix.",
	789:  "Memory of a size from outside: as much is allocated as a number says that somebody else chose. malloc(n), calloc, new byte[n], Buffer.alloc(n), reserve, resize, count, size.",
	798:  "Credentials in the source: a password, user name, API key or connection string is a constant in the code. connect(password=), login, admin, secret.",
	862:  "Authorisation missing: who is logged in may do everything. Update, delete, export or read of records without a check of the user's rights, permission_required, is_admin.",
	863:  "Authorisation wrong: the check of a user's rights is there and lets the wrong ones through. Role comparison, owner or group check, permission flags, default allow.",
	915:  "Mass assignment: all fields of a request are copied into an object or a record. update(**data), setattr, Object.assign, for key in body, bind, model, attributes.",
	918:  "Server-side request forgery: the server fetches a URL from outside. requests.get, urlopen, http client, webhook, proxy, image or feed URL, host, redirect.",
	943:  "Query of another kind injected: a filter for a document store is made of request values. MongoDB find, findOne, $where, $ne, query object.",
	1321: "Prototype pollution: keys from outside are set in JavaScript objects. obj[key] = value, extend, set by path, __proto__, constructor, prototype, hasOwnProperty.",
	1333: "Slow regular expression: text from outside is matched by a pattern with nested repetition, or the pattern comes from outside. re.match, RegExp, test, Pattern.compile, validate e-mail, search.",
}
