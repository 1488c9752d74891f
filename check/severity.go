package check

import (
	"fmt"
	"strings"
)

// Severity says how bad a finding is. Greater is worse.
type Severity int

// The severities. The zero value is Low.
const (
	// Low: worth a look; often harmless, or harmful only with another weakness.
	Low Severity = iota
	// Medium: a weakness that needs some luck or a particular use to be harmful.
	Medium
	// High: a weakness that an attacker can use where the input is theirs.
	High
)

var severityNames = [...]string{"low", "medium", "high"}

// Severities lists the names, the least first.
func Severities() []string { return append([]string(nil), severityNames[:]...) }

// String gives the lower-case name.
func (s Severity) String() string {
	if s < Low || s > High {
		return fmt.Sprintf("Severity(%d)", int(s))
	}
	return severityNames[s]
}

// ParseSeverity reads a name in any case.
func ParseSeverity(name string) (Severity, error) {
	for i, known := range severityNames {
		if strings.EqualFold(strings.TrimSpace(name), known) {
			return Severity(i), nil
		}
	}
	return Low, fmt.Errorf("unknown severity %q (known: %s)", name, strings.Join(severityNames[:], ", "))
}

// MarshalText gives the name, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what ParseSeverity does.
func (s *Severity) UnmarshalText(text []byte) (err error) {
	*s, err = ParseSeverity(string(text))
	return err
}
