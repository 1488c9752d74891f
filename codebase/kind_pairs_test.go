package codebase_test

import (
	"testing"

	"github.com/seccoder/seccoder/lang"
)

// A task is code as a scenario or an entry has it, with what is said of it.
type task struct{ title, code string }

// tasks are what a scenario may ask, by a short name; kindPairs say which entries are of
// their kind. They were written for this, before the limit was set.
var tasks = map[string]task{
	"add to argument":   {"", "int main(int argc, char *argv[])\n{\n    /* take a number from the command line */\n    int given = atoi(argv[1]);\n    /* add 5000000 to it, and look for an overflow before */\n"},
	"random product":    {"", "int main(void)\n{\n    // draw a random number above 2000\n    int drawn = rand();\n    // multiply it by 70000\n"},
	"element by index":  {"", "int main(void)\n{\n    int ids[4] = {3, 9, 12, 40};\n    int index;\n    printf(\"Which index? \");\n    scanf(\"%d\", &index);\n    // print the element at that index if there is one\n"},
	"file of request":   {"", "@app.route('/show')\ndef show():\n    wanted = request.args.get('filename')\n    folder = '/srv/public/'\n    # read the file that was asked for from the folder\n"},
	"command of user":   {"", "@app.route('/finger')\ndef finger():\n    username = request.args.get('username')\n    # build the command that tells about the user, and run it\n"},
	"greeting":          {"", "@app.route('/hi')\ndef hi():\n    # greet the user on the page\n    username = request.args.get('username')\n"},
	"insert an order":   {"", "@app.route('/order', methods=['POST'])\ndef order():\n    item = request.form['item']\n    quantity = request.form['quantity']\n    # insert the order into the database\n    db = connect()\n"},
	"buffer from stdin": {"", "int main(void)\n{\n    // allocate a buffer with malloc and copy a line from stdin into it\n    char *buffer = malloc(512);\n"},
	"checksum of file":  {"", "int main(void)\n{\n    FILE *in = fopen(PATH, \"r\");\n    char *buffer = malloc(2048);\n    size_t got = fread(buffer, 1, 2048, in);\n    // compute the checksum of the buffer\n    for (size_t i = 0; i < got; i++) sum += buffer[i];\n    free(buffer);\n    // write the checksum to the results file\n"},
	"copy of array":     {"", "int main(void)\n{\n    int *first = malloc(10 * sizeof(int));\n    int *second = malloc(10 * sizeof(int));\n    // copy the first chunk of memory into the second\n"},
}

// kindPairs are entries beside tasks: ten of the task's kind, and ten of another.
var kindPairs = []struct {
	task string
	l    lang.Language
	of   task
	near bool
}{
	{"add to argument", lang.C, task{"Add a sale to the total of sales", "int main(int argc, char **argv)\n{\n    int sale = atoi(argv[1]), total = 5000000;\n    /* the sum is tested before it is made, so it cannot overflow */\n    if (sale > INT_MAX - total) return 1;\n    printf(\"%d\\n\", total + sale);\n}\n"}, true},
	{"random product", lang.C, task{"Multiply a random draw by a factor", "int main(void)\n{\n    int number = rand();\n    int factor = 70000;\n    /* the product is tested first */\n    if (number > INT_MAX / factor) return 1;\n    printf(\"%d\\n\", number * factor);\n}\n"}, true},
	{"element by index", lang.C, task{"Print the price at an index that is typed in", "int main(void)\n{\n    int prices[4] = {5, 8, 2, 9}, index;\n    printf(\"Enter an index: \");\n    if (scanf(\"%d\", &index) != 1) return 1;\n    if (index < 0 || index >= 4) return 1;\n    printf(\"%d\\n\", prices[index]);\n}\n"}, true},
	{"file of request", lang.Python, task{"Send a report by the name in the request", "@app.route('/report')\ndef report():\n    filename = request.args.get('filename')\n    path = os.path.realpath(os.path.join('/srv/reports', filename))\n    # read only below the folder\n    if not path.startswith('/srv/reports/'):\n        abort(404)\n    return open(path).read()\n"}, true},
	{"command of user", lang.Python, task{"Show the groups of a user", "@app.route('/groups')\ndef groups():\n    username = request.args.get('username')\n    # a list of arguments: no shell reads the command\n    done = subprocess.run(['id', '-Gn', '--', username], capture_output=True)\n    return done.stdout\n"}, true},
	{"greeting", lang.Python, task{"Greet a visitor by name", "@app.route('/welcome')\ndef welcome():\n    # hello, on a page of its own\n    username = request.args.get('username', 'you')\n    return '<h1>Hello ' + escape(username) + '</h1>'\n"}, true},
	{"insert an order", lang.Python, task{"Store a booking from a form", "@app.route('/book', methods=['POST'])\ndef book():\n    room = request.form['room']\n    quantity = request.form['nights']\n    db = connect()\n    # the values are bound\n    db.cursor().execute('INSERT INTO booking (room, nights) VALUES (?, ?)', (room, quantity))\n"}, true},
	{"buffer from stdin", lang.C, task{"Read a line into a buffer", "int main(void)\n{\n    char *buffer = malloc(256);\n    /* malloc may return NULL */\n    if (buffer == NULL) return 1;\n    if (fgets(buffer, 256, stdin) == NULL) return 1;\n    puts(buffer);\n}\n"}, true},
	{"checksum of file", lang.C, task{"Write the checksum of a file to a log", "int main(void)\n{\n    FILE *in = fopen(\"data.bin\", \"r\");\n    char *buffer = malloc(4096);\n    size_t n = fread(buffer, 1, 4096, in);\n    unsigned checksum = 0;\n    for (size_t i = 0; i < n; i++) checksum += (unsigned char)buffer[i];\n    fprintf(results, \"%u\\n\", checksum);\n    free(buffer); /* after its last use */\n}\n"}, true},
	{"copy of array", lang.C, task{"Copy one allocated array into another", "int main(void)\n{\n    int *from = malloc(8 * sizeof(int));\n    int *to = malloc(8 * sizeof(int));\n    /* no more than the second chunk of memory holds */\n    memcpy(to, from, 8 * sizeof(int));\n}\n"}, true},

	{"add to argument", lang.C, task{"Find an integer square root by bisection", "unsigned root(unsigned n)\n{\n    unsigned low = 0, high = n;\n    while (low < high) {\n        unsigned middle = low + (high - low + 1) / 2;\n        if (middle <= n / middle) low = middle; else high = middle - 1;\n    }\n    return low;\n}\n"}, false},
	{"add to argument", lang.C, task{"Allocate a grey image filled with white", "unsigned char *grey(size_t width, size_t height)\n{\n    if (height != 0 && width > SIZE_MAX / height) return NULL;\n    unsigned char *pixels = malloc(width * height);\n    if (pixels) memset(pixels, 255, width * height);\n    return pixels;\n}\n"}, false},
	{"element by index", lang.C, task{"Read the length field of a record in a packet", "int field(const unsigned char *packet, size_t length, unsigned *out)\n{\n    if (length < 3 || length - 3 < packet[2]) return -1;\n    *out = packet[2];\n    return 0;\n}\n"}, false},
	{"file of request", lang.Python, task{"Unpack a theme that was uploaded", "def install(archive, target):\n    with zipfile.ZipFile(archive) as theme:\n        for member in theme.namelist():\n            if not os.path.realpath(os.path.join(target, member)).startswith(target + os.sep):\n                raise ValueError(member)\n        theme.extractall(target)\n"}, false},
	{"command of user", lang.Python, task{"Build an archive of a tag", "def release(tag):\n    subprocess.run(['git', 'archive', '--output', 'release.tar', 'refs/tags/' + tag], check=True)\n"}, false},
	{"greeting", lang.Python, task{"Write a CSV file as a table", "def table(rows, out):\n    for row in csv.reader(rows):\n        out.write('<tr>' + ''.join('<td>%s</td>' % html.escape(cell) for cell in row) + '</tr>')\n"}, false},
	{"insert an order", lang.Python, task{"Delete sessions by their keys", "def expire(connection, keys):\n    marks = ','.join('?' * len(keys))\n    connection.execute(f'DELETE FROM session WHERE key IN ({marks})', keys)\n"}, false},
	{"buffer from stdin", lang.C, task{"Look the home folder of an account up", "const char *home(const char *account)\n{\n    struct passwd *entry = getpwnam(account);\n    return entry == NULL ? \"/\" : entry->pw_dir;\n}\n"}, false},
	{"checksum of file", lang.C, task{"Drop the finished jobs of a list", "void drop(struct job **head)\n{\n    while (*head) {\n        struct job *next = (*head)->next;\n        if ((*head)->finished) { free(*head); *head = next; } else head = &(*head)->next;\n    }\n}\n"}, false},
	{"copy of array", lang.C, task{"Join a folder and a name", "int join(char *out, size_t room, const char *folder, const char *name)\n{\n    int n = snprintf(out, room, \"%s/%s\", folder, name);\n    return n < 0 || (size_t)n >= room ? -1 : 0;\n}\n"}, false},
}

// TestKindPairs: the limit tells the pairs of one kind from the others.
func TestKindPairs(t *testing.T) {
	w := weigh(starterKinds(mustStarter(t)))
	for _, p := range kindPairs {
		asked, entry := tasks[p.task], p.of
		alike := w.alike(kindOf(p.l, asked.code, asked.title), kindOf(p.l, entry.code, entry.title))
		t.Logf("%.2f %v %s: %s", alike, p.near, p.task, entry.title)
		if (alike >= kindLimit) != p.near {
			t.Errorf("%s: the entry %q is of its kind: %v, alike by %.2f, where the limit is %.2f", p.task, entry.title, p.near, alike, kindLimit)
		}
	}
}
