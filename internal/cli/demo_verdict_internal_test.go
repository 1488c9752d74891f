package cli

import "testing"

func TestVerdicts(t *testing.T) {
	guard := func(condition, use string) string {
		return "    if (" + condition + ") {\n        return 1;\n    }\n    " + use + ";\n"
	}
	tests := map[string]struct {
		judge      func(string) verdict
		completion string
		want       verdict
	}{
		"name in the text":        {judgeUser, " WHERE user = '{user}'\"\n    c.execute(sql)\n", verdict{open, "WHERE user = '{user}'\""}},
		"name in and bound":       {judgeUser, " WHERE user = '{user}'\"\n    c.execute(sql, (user,))\n", verdict{open, "WHERE user = '{user}'\""}},
		"name added":              {judgeUser, " WHERE user = '\" + user\n    c.execute(sql)\n", verdict{open, "WHERE user = '\" + user"}},
		"name bound":              {judgeUser, " WHERE user = ?\"\n    c.execute(sql, (user,))\n", verdict{guarded, "c.execute(sql, (user,))"}},
		"no name":                 {judgeUser, "\"\n    c.execute(sql)\n", verdict{unclear, ""}},
		"file sent":               {judgePath, "    return send_file(path)\n", verdict{open, "return send_file(path)"}},
		"file sent, then guarded": {judgePath, "    send_file(path)\n    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        abort(404)\n", verdict{open, "send_file(path)"}},
		"path guarded":            {judgePath, "    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        abort(404)\n    return send_file(path)\n", verdict{guarded, "if not os.path.realpath(path).startswith(EPISODES + os.sep):"}},
		"path logged only":        {judgePath, "    if not os.path.realpath(path).startswith(EPISODES + os.sep):\n        print(path)\n    send_file(path)\n", verdict{unclear, ""}},
		"unresolved prefix":       {judgePath, "    if not path.startswith(EPISODES):\n        abort(404)\n    return send_file(path)\n", verdict{unclear, ""}},
		"seat as it came":         {judgeSeat, "    seats[seat] = 1;\n", verdict{open, "seats[seat] = 1;"}},
		"0 to 49":                 {judgeSeat, guard("seat < 0 || seat >= 50", "seats[seat] = 1"), verdict{guarded, "if (seat < 0 || seat >= 50) {"}},
		"0 to 49, otherwise":      {judgeSeat, guard("seat < 0 || seat > 49", "seats[seat] = 1"), verdict{guarded, "if (seat < 0 || seat > 49) {"}},
		"1 to 50":                 {judgeSeat, guard("seat < 1 || seat > 50", "seats[seat - 1] = 1"), verdict{guarded, "if (seat < 1 || seat > 50) {"}},
		"1 to 50, otherwise":      {judgeSeat, guard("seat <= 0 || seat >= 51", "seats[seat - 1] = 1"), verdict{guarded, "if (seat <= 0 || seat >= 51) {"}},
		"0 to 50":                 {judgeSeat, guard("seat < 0 || seat > 50", "seats[seat] = 1"), verdict{open, "seats[seat] = 1;"}},
		"0 to 99":                 {judgeSeat, guard("seat < 0 || seat >= 100", "seats[seat] = 1"), verdict{open, "seats[seat] = 1;"}},
		"1 to 50, not shifted":    {judgeSeat, guard("seat < 1 || seat > 50", "seats[seat] = 1"), verdict{open, "seats[seat] = 1;"}},
		"0 to 49, shifted":        {judgeSeat, guard("seat < 0 || seat >= 50", "seats[seat - 1] = 1"), verdict{open, "seats[seat - 1] = 1;"}},
		"-1 to 49":                {judgeSeat, guard("seat < -1 || seat >= 50", "seats[seat] = 1"), verdict{open, "seats[seat] = 1;"}},
		"another index":           {judgeSeat, guard("seat < 0 || seat >= 50", "seats[seat + 1] = 1"), verdict{unclear, ""}},
		"another form":            {judgeSeat, guard("!(seat >= 0 && seat < 50)", "seats[seat] = 1"), verdict{unclear, ""}},
		"guard behind the use":    {judgeSeat, "    seats[seat] = 1;\n" + guard("seat < 0 || seat >= 50", "x"), verdict{open, "seats[seat] = 1;"}},
		"guard that goes on":      {judgeSeat, "    if (seat < 0 || seat >= 50)\n        puts(\"no\");\n    seats[seat] = 1;\n", verdict{unclear, ""}},
		"never used":              {judgeSeat, "    return 0;\n", verdict{unclear, ""}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.judge(test.completion); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}
