package weaviate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/seccoder/seccoder/codebase"
)

// form is the version of what the classes hold, and how. A program refuses a newer one.
const form = 1

// The classes (collections) of a codebase, each after the codebase's own beginning. There
// is one class of vectors for each embedder: a vector is written without writing its
// example again, the length of vectors and what their index costs are an embedder's own,
// and an embedder that is no longer used goes with its class.
const (
	classExamples = "Examples"
	classHeld     = "Held"
	classFacts    = "Facts"
	classVectors  = "Vectors"
)

// maxReplicas is how many replicas there are where nobody says: three bear the loss of a
// node, and more cost memory for little.
const maxReplicas = 3

// A class is what the project sets of a Weaviate class.
type class struct {
	Class       string         `json:"class"`
	Description string         `json:"description"`
	Vectorizer  string         `json:"vectorizer"`
	IndexType   string         `json:"vectorIndexType"`
	Index       map[string]any `json:"vectorIndexConfig"`
	Inverted    map[string]any `json:"invertedIndexConfig"`
	Sharding    map[string]any `json:"shardingConfig,omitempty"`
	Replication replication    `json:"replicationConfig"`
	Properties  []property     `json:"properties"`
}

type replication struct {
	Factor int `json:"factor"`
	// Async has the nodes compare what they hold and bring one another up to date, so that
	// one that was away catches up without being asked.
	Async bool `json:"asyncEnabled"`
	// Deletion says what counts where one replica has an object and another deleted it.
	Deletion string `json:"deletionStrategy"`
}

type property struct {
	Name         string   `json:"name"`
	DataType     []string `json:"dataType"`
	Tokenization string   `json:"tokenization,omitempty"`
	Filterable   bool     `json:"indexFilterable"`
	Searchable   *bool    `json:"indexSearchable,omitempty"`
	Range        bool     `json:"indexRangeFilters,omitempty"`
}

// A note is the description of a class: what a program must know of it.
type note struct {
	Form     int    `json:"seccoder_form"`
	Embedder string `json:"embedder,omitempty"`
	Dims     int    `json:"dims,omitempty"`
}

// text is a property that is kept, and found where it is filterable.
func text(name string, filterable bool) property {
	no := false
	return property{Name: name, DataType: []string{"text"}, Tokenization: "field", Filterable: filterable, Searchable: &no}
}

// place is the property by which objects are listed in the order of their ids.
var place = property{Name: "place", DataType: []string{"int"}, Range: true}

// labels are the properties that filters ask for.
func labels() []property {
	return []property{
		text("example_id", false), place, text("language", true),
		{Name: "cwes", DataType: []string{"int[]"}, Filterable: true},
		text("kind", true), text("admitted_at", true),
	}
}

// plainIndex is no index at all.
var plainIndex = map[string]any{"skip": true}

// vectorIndex compares by inner product, since vectors are normalised already and are to
// come back as they were. Vectors are kept in full: what compresses them is the cluster's
// to decide, see docs/stores.md.
var vectorIndex = map[string]any{"distance": "dot", "skipDefaultQuantization": true}

func (s *Store) newClass(name string, n note, index map[string]any, properties ...property) class {
	n.Form = form
	description, _ := json.Marshal(n) // numbers and text: no error
	c := class{
		Class: s.prefix + name, Description: string(description), Vectorizer: "none", IndexType: "hnsw", Index: index,
		// Stop words would be left out of what is filtered for.
		Inverted:    map[string]any{"stopwords": map[string]any{"preset": "none"}},
		Replication: replication{Factor: s.replicas, Async: s.replicas > 1, Deletion: "TimeBasedResolution"},
		Properties:  properties,
	}
	if s.client.address.Shards > 0 {
		c.Sharding = map[string]any{"desiredCount": s.client.address.Shards}
	}
	return c
}

// prepare makes the classes that miss, and reads what is there.
func (s *Store) prepare(ctx context.Context) error {
	have, err := s.readSchema(ctx)
	if err != nil {
		return err
	}
	if examples, there := have[s.prefix+classExamples]; there {
		s.replicas = max(examples.Replication.Factor, 1)
	} else if s.replicas, err = s.wantedReplicas(ctx); err != nil {
		return err
	}
	no := false
	content := property{Name: "content", DataType: []string{"text"}, Tokenization: "field", Searchable: &no}
	for _, c := range []class{
		s.newClass(classFacts, note{}, plainIndex, text("key", false), text("value", false), place),
		s.newClass(classHeld, note{}, plainIndex, place, text("state", true), content),
		// The last one, by which others see that all are there.
		s.newClass(classExamples, note{}, plainIndex, append(labels(), text("title", false), text("fix", false), content)...),
	} {
		if _, there := have[c.Class]; there {
			continue
		}
		if err := s.create(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// readSchema reads the classes of this codebase, by name.
func (s *Store) readSchema(ctx context.Context) (map[string]class, error) {
	var schema struct {
		Classes []class `json:"classes"`
	}
	if err := s.client.do(ctx, http.MethodGet, "/v1/schema", nil, &schema); err != nil {
		return nil, err
	}
	have := make(map[string]class)
	for _, c := range schema.Classes {
		if !strings.HasPrefix(c.Class, s.prefix) {
			continue
		}
		var n note
		if json.Unmarshal([]byte(c.Description), &n) != nil || n.Form == 0 {
			return nil, fmt.Errorf("its class %s was made by another program; choose another name for the codebase, as in %s/team", c.Class, s.client.address)
		}
		if n.Form > form {
			return nil, fmt.Errorf("%w (its form is %d, this program knows up to %d); update seccoder", codebase.ErrNewerSchema, n.Form, form)
		}
		have[c.Class] = c
	}
	return have, nil
}

// wantedReplicas is on how many nodes each example is to lie.
func (s *Store) wantedReplicas(ctx context.Context) (int, error) {
	var cluster struct {
		Nodes []struct{} `json:"nodes"`
	}
	if err := s.client.do(ctx, http.MethodGet, "/v1/nodes", nil, &cluster); err != nil {
		return 0, err
	}
	nodes := max(len(cluster.Nodes), 1)
	wanted := cmp.Or(s.client.address.Replicas, min(nodes, maxReplicas))
	if wanted > nodes {
		return 0, fmt.Errorf("replicas=%d, but the cluster has %d nodes", wanted, nodes)
	}
	return wanted, nil
}

// create makes a class. That another process was faster is no error.
func (s *Store) create(ctx context.Context, c class) error {
	err := s.client.do(ctx, http.MethodPost, "/v1/schema", c, nil)
	if refused(err, http.StatusUnprocessableEntity) && strings.Contains(err.Error(), "already exist") {
		return nil
	}
	return err
}

// A vectorClass is the class of an embedder's vectors.
type vectorClass struct {
	name string
	// dims is 0 where there is none yet.
	dims int
}

func (s *Store) vectorClassName(embedder string) string {
	sum := sha256.Sum256([]byte(embedder))
	return classVectors + hex.EncodeToString(sum[:6])
}

// vectorClass finds the class of an embedder. One that was found stays.
func (s *Store) vectorClass(ctx context.Context, embedder string) (vectorClass, error) {
	if known, ok := s.embedders.Load(embedder); ok {
		return known.(vectorClass), nil
	}
	found := vectorClass{name: s.vectorClassName(embedder)}
	have, err := s.readSchema(ctx)
	if err != nil {
		return found, err
	}
	c, there := have[s.prefix+found.name]
	if !there {
		return found, nil
	}
	var n note
	if err := json.Unmarshal([]byte(c.Description), &n); err != nil || n.Embedder != embedder || n.Dims < 1 {
		return found, fmt.Errorf("%w: its class %s says nothing of the embedder %s", codebase.ErrDamaged, c.Class, embedder)
	}
	found.dims = n.Dims
	s.embedders.Store(embedder, found)
	return found, nil
}

// makeVectorClass finds the class of an embedder, or makes it for vectors of that length.
func (s *Store) makeVectorClass(ctx context.Context, embedder string, dims int) (vectorClass, error) {
	found, err := s.vectorClass(ctx, embedder)
	if err != nil || found.dims > 0 {
		return found, err
	}
	c := s.newClass(found.name, note{Embedder: embedder, Dims: dims}, vectorIndex, labels()...)
	if err := s.create(ctx, c); err != nil {
		return found, err
	}
	return s.vectorClass(ctx, embedder) // another process may have been faster
}

// vectorClasses lists the embedders that have vectors here, and their classes.
func (s *Store) vectorClasses(ctx context.Context) (embedders, classes []string, err error) {
	have, err := s.readSchema(ctx)
	if err != nil {
		return nil, nil, err
	}
	for name, c := range have {
		var n note
		if strings.HasPrefix(name, s.prefix+classVectors) && json.Unmarshal([]byte(c.Description), &n) == nil {
			embedders = append(embedders, n.Embedder)
			classes = append(classes, strings.TrimPrefix(name, s.prefix))
		}
	}
	slices.Sort(embedders)
	return embedders, classes, nil
}
