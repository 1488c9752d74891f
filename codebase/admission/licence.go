package admission

import (
	"regexp"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// licences are the SPDX ids that are met most, in lower case. Others are written as
// LicenseRef-NAME.
var licences = strings.Fields(`
	0bsd afl-2.1 afl-3.0 agpl-3.0 agpl-3.0-only agpl-3.0-or-later apache-1.0 apache-1.1 apache-2.0 artistic-1.0
	artistic-2.0 blueoak-1.0.0 bsd-1-clause bsd-2-clause bsd-2-clause-patent bsd-3-clause bsd-3-clause-clear
	bsd-4-clause bsl-1.0 busl-1.1 bzip2-1.0.6 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc0-1.0 cddl-1.0
	cddl-1.1 cecill-2.1 cecill-b cecill-c cpl-1.0 curl ecl-2.0 efl-2.0 elastic-2.0 epl-1.0 epl-2.0 eupl-1.1 eupl-1.2
	ftl gfdl-1.3-only gfdl-1.3-or-later gpl-1.0-only gpl-1.0-or-later gpl-2.0 gpl-2.0+ gpl-2.0-only gpl-2.0-or-later
	gpl-3.0 gpl-3.0+ gpl-3.0-only gpl-3.0-or-later hpnd icu ijg intel ipl-1.0 isc lgpl-2.0 lgpl-2.0-only
	lgpl-2.0-or-later lgpl-2.1 lgpl-2.1+ lgpl-2.1-only lgpl-2.1-or-later lgpl-3.0 lgpl-3.0-only lgpl-3.0-or-later
	libpng libpng-2.0 libtiff lppl-1.3c mit mit-0 mpl-1.0 mpl-1.1 mpl-2.0 mpl-2.0-no-copyleft-exception ms-pl ms-rl
	mulanpsl-2.0 ncsa net-snmp nist-pd ntp ofl-1.1 openldap-2.8 openssl osl-3.0 parity-7.0.0 php-3.0 php-3.01 postgresql
	psf-2.0 python-2.0 python-2.0.1 qpl-1.0 ruby sleepycat sspl-1.0 tcl unicode-3.0 unicode-dfs-2016 unlicense upl-1.0
	vim w3c wtfpl x11 xnet zend-2.0 zlib zpl-2.1`)

var (
	licenceRef  = regexp.MustCompile(`(?i)^(DocumentRef-[a-z0-9.-]+:)?LicenseRef-[a-z0-9.-]+$`)
	licenceWord = regexp.MustCompile(`[()]|[^\s()]+`)
	exceptionID = regexp.MustCompile(`(?i)^[a-z0-9][a-z0-9.-]*-(exception|note)[a-z0-9.-]*$`)
)

// licence is the check that an example's licence is known: an SPDX expression of ids
// that mean something. Where unknown ones are let in, the check could not tell.
func licence(unknown bool) func(c *Candidate) codebase.Outcome {
	return func(c *Candidate) codebase.Outcome {
		why := licenceProblem(c.Source.Licence)
		switch {
		case why == "":
			return accepts("%s", c.Source.Licence)
		case unknown:
			return unsure("%s", why)
		}
		return rejects("%s", why)
	}
}

// licenceProblem says what keeps an expression from naming a licence, or "".
func licenceProblem(expression string) string {
	const advice = "; give an SPDX expression, such as MIT, or LicenseRef-NAME for what has no SPDX id"
	p := licenceParser{words: licenceWord.FindAllString(expression, -1)}
	if !p.expression() || p.at < len(p.words) {
		if p.problem == "" {
			p.problem = "is no SPDX expression"
		}
		return "its licence " + oneLine(expression) + " " + p.problem + advice
	}
	return ""
}

// A licenceParser reads SPDX licence expressions (SPDX specification 2.3, annex D).
type licenceParser struct {
	words   []string
	at      int
	problem string
}

func (p *licenceParser) next(word string) bool {
	if p.at < len(p.words) && strings.EqualFold(p.words[p.at], word) {
		p.at++
		return true
	}
	return false
}

// expression reads licences joined by AND and OR.
func (p *licenceParser) expression() bool {
	for {
		if !p.term() {
			return false
		}
		if !p.next("AND") && !p.next("OR") {
			return true
		}
	}
}

// maxDepth bounds the brackets of an expression.
const maxDepth = 16

func (p *licenceParser) term() bool {
	if p.next("(") {
		if strings.Count(strings.Join(p.words, ""), "(") > maxDepth {
			return false
		}
		return p.expression() && p.next(")")
	}
	if p.at >= len(p.words) {
		return false
	}
	id := p.words[p.at]
	p.at++
	if !knownLicence(id) {
		p.problem = "is not known"
		return false
	}
	if p.next("WITH") {
		if p.at >= len(p.words) || !exceptionID.MatchString(p.words[p.at]) {
			return false
		}
		p.at++
	}
	return true
}

func knownLicence(id string) bool {
	if licenceRef.MatchString(id) {
		return !strings.HasSuffix(strings.ToLower(id), "licenseref-unknown")
	}
	return slices.Contains(licences, strings.ToLower(id))
}
