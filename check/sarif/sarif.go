// Package sarif reads and writes SARIF 2.1.0, the form in which static analysis tools
// exchange what they found (OASIS standard, 27 March 2020).
//
//	log, err := sarif.Parse(data)   // of any tool
//	err = sarif.Write(w, document)  // for code scanning and editors
//
// [NewFile] makes a checker of a SARIF file, [NewCommand] of a command that writes SARIF.
package sarif

// The parts of the format that are read and written here, named as the standard names
// them.

type document struct {
	Schema  string `json:"$schema,omitempty"`
	Version string `json:"version"`
	Runs    []run  `json:"runs"`
}

type run struct {
	Tool        producer            `json:"tool"`
	Invocations []invocation        `json:"invocations,omitempty"`
	Base        map[string]location `json:"originalUriBaseIds,omitempty"`
	Artifacts   []artifact          `json:"artifacts,omitempty"`
	Results     []result            `json:"results"`
	Taxonomies  []component         `json:"taxonomies,omitempty"`
}

type producer struct {
	Driver     component   `json:"driver"`
	Extensions []component `json:"extensions,omitempty"`
}

type component struct {
	Name            string      `json:"name"`
	FullName        string      `json:"fullName,omitempty"`
	Version         string      `json:"version,omitempty"`
	SemanticVersion string      `json:"semanticVersion,omitempty"`
	Organization    string      `json:"organization,omitempty"`
	URL             string      `json:"informationUri,omitempty"`
	Rules           []rule      `json:"rules,omitempty"`
	Taxa            []rule      `json:"taxa,omitempty"`
	Supported       []reference `json:"supportedTaxonomies,omitempty"`
	ShortText       *text       `json:"shortDescription,omitempty"`
}

// A rule is a reportingDescriptor.
type rule struct {
	ID            string          `json:"id"`
	Name          string          `json:"name,omitempty"`
	Short         *text           `json:"shortDescription,omitempty"`
	Full          *text           `json:"fullDescription,omitempty"`
	Help          *text           `json:"help,omitempty"`
	URL           string          `json:"helpUri,omitempty"`
	Messages      map[string]text `json:"messageStrings,omitempty"`
	Default       *configuration  `json:"defaultConfiguration,omitempty"`
	Relationships []relationship  `json:"relationships,omitempty"`
	Properties    *properties     `json:"properties,omitempty"`
}

type configuration struct {
	Level string `json:"level,omitempty"`
}

type relationship struct {
	Target reference `json:"target"`
	Kinds  []string  `json:"kinds,omitempty"`
}

// A reference is a reportingDescriptorReference, or a toolComponentReference.
type reference struct {
	ID        string     `json:"id,omitempty"`
	Name      string     `json:"name,omitempty"`
	Index     *int       `json:"index,omitempty"`
	Component *reference `json:"toolComponent,omitempty"`
}

type invocation struct {
	Successful    bool           `json:"executionSuccessful"`
	Notifications []notification `json:"toolExecutionNotifications,omitempty"`
}

type notification struct {
	Level     string       `json:"level,omitempty"`
	Message   text         `json:"message"`
	Locations []locationOf `json:"locations,omitempty"`
}

type artifact struct {
	Location location `json:"location"`
}

type result struct {
	RuleID       string            `json:"ruleId,omitempty"`
	RuleIndex    *int              `json:"ruleIndex,omitempty"`
	Rule         *reference        `json:"rule,omitempty"`
	Kind         string            `json:"kind,omitempty"`
	Level        string            `json:"level,omitempty"`
	Message      text              `json:"message"`
	Locations    []locationOf      `json:"locations,omitempty"`
	Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
	Suppressions []suppression     `json:"suppressions,omitempty"`
	Baseline     string            `json:"baselineState,omitempty"`
	Taxa         []reference       `json:"taxa,omitempty"`
	Properties   *properties       `json:"properties,omitempty"`
}

type suppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status,omitempty"`
	Justification string `json:"justification,omitempty"`
}

type text struct {
	Text string   `json:"text,omitempty"`
	ID   string   `json:"id,omitempty"`
	Args []string `json:"arguments,omitempty"`
}

type locationOf struct {
	Physical *physical `json:"physicalLocation,omitempty"`
}

type physical struct {
	Artifact location `json:"artifactLocation"`
	Region   *region  `json:"region,omitempty"`
}

type location struct {
	URI    string `json:"uri,omitempty"`
	BaseID string `json:"uriBaseId,omitempty"`
	Index  *int   `json:"index,omitempty"`
}

type region struct {
	StartLine   int   `json:"startLine,omitempty"`
	StartColumn int   `json:"startColumn,omitempty"`
	EndLine     int   `json:"endLine,omitempty"`
	EndColumn   int   `json:"endColumn,omitempty"`
	Snippet     *text `json:"snippet,omitempty"`
}

// properties is a property bag. Severity is the number, in text, by which GitHub ranks
// security findings: 0.0 to 10.0.
type properties struct {
	Tags     []string `json:"tags,omitempty"`
	Severity string   `json:"security-severity,omitempty"`
	// Checker and Version say what found a result that SecCoder wrote.
	Checker string `json:"checker,omitempty"`
	Version string `json:"checkerVersion,omitempty"`
	// Fix is the end of the message that says what to do.
	Fix string `json:"checkerFix,omitempty"`
}
