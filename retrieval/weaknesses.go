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

// kind is the weakness that another one is, in general.
func kind(cwe codebase.CWE) codebase.CWE {
	if general, ok := kinds[cwe]; ok {
		return general
	}
	return cwe
}

// weaknessTexts say what code looks like in which a weakness lurks: what it does, and
// the functions and words that it uses. An embedder brings such code near to them.
// They are of the paper's nine weaknesses and of the CWE Top 25 of 2025. Keep them
// general: words of an evaluation's test scenarios would make it measure them.
//
// After a change run "make vectors".
var weaknessTexts = map[codebase.CWE]string{
	20:  "Input not validated: a number, length, name or option from a request, a form, a file or the command line is used without checking its type, range or format. Parse, convert, int, atoi, validate.",
	22:  "Path traversal: a file name from outside is joined to a folder, and the file is opened, read, saved, sent, unpacked or deleted. open, os.path.join, filename, upload, download, send_file, tarfile and zipfile members, fopen, realpath, directory.",
	77:  "Command injection: text from outside becomes part of a command line that some interpreter reads: a shell, a remote session, a device, a mail or version control program.",
	78:  "OS command injection: another program is run, with arguments from outside. subprocess.run, Popen, check_output, shell=True, os.system, popen, exec, execvp, system(), a command built of strings.",
	79:  "Cross-site scripting: an HTML page is made of values from a request or a database. Web view, template, render, response, markup, escape, tags such as <h1> and <a href>, a user's name or comment shown in the browser.",
	89:  "SQL injection: a database query is made with values from outside. cursor.execute, SELECT FROM WHERE, INSERT INTO, UPDATE, DELETE, connect, commit, sqlite3, MySQL, psycopg2, table, row, fetchone.",
	94:  "Code injection: text from outside is run as code or as a template. eval, exec, compile, expression, formula, script, plugin, import of a module by name.",
	120: "Buffer copied without looking at its size: a C string or block of bytes is copied or read into an array of fixed length. strcpy, strcat, sprintf, gets, scanf of %s.",
	121: "Overflow of a buffer on the stack: a local char array is filled from input, an argument or a string of unknown length. char buf[64], strcpy, sprintf, read, recv.",
	122: "Overflow of a buffer on the heap: memory from malloc, calloc or new is filled with more bytes than were allocated. malloc, memcpy, realloc, length, size.",
	125: "Read outside a buffer: elements of an array or bytes of a buffer are read at an index, offset or length. C parser or decoder of packets, headers and image data, array[index], data[i], length, size, lookup in a table.",
	190: "Integer overflow: numbers are added, multiplied or shifted, and the result may not fit. Sum, total, count, product, average, width * height, size computation before malloc, int, unsigned, uint32_t, INT_MAX, atoi, strtol.",
	200: "Information exposed: a response, an error message or a log shows passwords, keys, stack traces, paths or other users' data. traceback, debug, exception text, dump of the environment.",
	284: "Access not controlled: an action or a resource is open to everybody. Roles, permissions, admin, owner, policy, rules of access.",
	306: "Authentication missing: an endpoint does something critical for whoever calls it. Route without login, admin interface, reset, delete, configure, token or session not asked for.",
	352: "Cross-site request forgery: a form or a POST request changes something by the cookie alone. Session, form, csrf token, POST handler, change of password or e-mail, transfer.",
	416: "Use after free: memory is freed, released or reallocated, and a pointer to it is used later. free, delete, kfree, destroy, unref, remove of a node from a linked list, cleanup on an error path, callback, cached pointer, iterator.",
	434: "Upload of a dangerous file: a file that a user sends is stored where it can be run or served. File upload, content type, extension, save, avatar, attachment.",
	476: "NULL pointer dereference: a pointer that may be NULL is used. Result of malloc, calloc, fopen, strdup, getenv, strchr, find or lookup, p->field, struct filled after allocation, missing check of the return value.",
	502: "Deserialisation of untrusted data: objects are restored from bytes, a file or a message. pickle.loads, yaml.load, marshal, joblib, ObjectInputStream, unserialize, session or cache data.",
	639: "Authorisation by a key that the user gives: a record is fetched by an id from the request, whoever owns it. get by id, order, invoice, account, document, user_id, current user.",
	770: "Allocation without a limit: memory, threads, connections or work grow with what a client asks for. Read of a whole body, queue, cache, page size, recursion, loop over a count from outside.",
	787: "Write outside a buffer: C code writes into an array or a buffer. buffer[i] = value, an index from input, strcpy, memcpy, sprintf, snprintf, strncat, scanf, gets, fgets, char array of fixed size, terminating zero, append, copy a string, matrix.",
	862: "Authorisation missing: who is logged in may do everything. Update, delete, export or read of records without a check of the user's rights, permission_required, is_admin.",
	863: "Authorisation wrong: the check of a user's rights is there and lets the wrong ones through. Role comparison, owner or group check, permission flags, default allow.",
	918: "Server-side request forgery: the server fetches a URL from outside. requests.get, urlopen, http client, webhook, proxy, image or feed URL, host, redirect.",
}
