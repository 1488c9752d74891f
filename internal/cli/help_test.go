package cli_test

import (
	"regexp"
	"strings"
	"testing"
)

// Every command's help has an example and ends with the table of exit codes.
func TestHelp(t *testing.T) {
	for _, command := range allCommands(t, nil) {
		name := strings.Join(append([]string{"seccoder"}, command...), " ")
		t.Run(name, func(t *testing.T) {
			got := mustRun(t, environment(t.TempDir(), ""), append(command, "--help")...)
			if got.code != 0 || got.errOut != "" {
				t.Errorf("exit code %d, standard error %q", got.code, got.errOut)
			}
			if !strings.Contains(got.out, "Examples:\n  ") {
				t.Errorf("no example:\n%s", got.out)
			}
			_, table, found := strings.Cut(got.out, "\nExit status:\n")
			if !found || !strings.HasSuffix(table, "  130  stopped by Ctrl-C\n") {
				t.Errorf("does not end with the table of exit codes:\n%s", got.out)
			}
		})
	}
}

// listed is a line of the list of commands in a help.
var listed = regexp.MustCompile(`(?m)^  ([a-z]+) `)

// allCommands lists the command, by its words, and those below it.
func allCommands(t *testing.T, command []string) [][]string {
	t.Helper()
	all := [][]string{command}
	_, list, found := strings.Cut(mustRun(t, environment(t.TempDir(), ""), append(command[:len(command):len(command)], "--help")...).out, "Available Commands:\n")
	if !found {
		return all
	}
	list, _, _ = strings.Cut(list, "\n\n")
	for _, match := range listed.FindAllStringSubmatch(list, -1) {
		all = append(all, allCommands(t, append(command[:len(command):len(command)], match[1]))...)
	}
	return all
}
