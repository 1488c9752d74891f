package weaviate

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// A found is an object that a query found.
type found struct {
	object
	// distance is that to the query's vector, where it has one.
	distance float64
	// agreed says that a quorum of the replicas has the object so.
	agreed bool
}

// fetch reads the objects with these uuids: in one query, and one by one those that it did
// not find, or on which the replicas differ. They come in the order of uuids, without those
// that are not there.
func (s *Store) fetch(ctx context.Context, class string, uuids, properties []string, withVector bool) ([]object, error) {
	if len(uuids) == 0 {
		return nil, nil
	}
	results, err := s.get(ctx, class, fmt.Sprintf("where:%s,limit:%d", textIn("id", uuids).graphQL(), len(uuids)), properties, withVector)
	if err != nil {
		return nil, err
	}
	objects := make([]object, 0, len(uuids))
	have := make(map[string]bool, len(uuids))
	for _, f := range results {
		if f.agreed || s.replicas == 1 {
			objects = append(objects, f.object)
			have[f.ID] = true
		}
	}
	var mu sync.Mutex
	missing := slices.DeleteFunc(slices.Clone(uuids), func(uuid string) bool { return have[uuid] })
	err = each(ctx, missing, func(ctx context.Context, uuid string) error {
		o, there, err := s.read(ctx, class, uuid, withVector)
		if err == nil && there {
			mu.Lock()
			defer mu.Unlock()
			objects = append(objects, o)
		}
		return err
	})
	slices.SortFunc(objects, func(a, b object) int { return cmp.Compare(a.ID, b.ID) })
	return objects, err
}

// get asks for objects by a GraphQL query with these arguments.
func (s *Store) get(ctx context.Context, class, arguments string, properties []string, withVector bool) (objects []found, err error) {
	query := s.getQuery(class, arguments, properties, withVector)
	err = s.client.retry(ctx, func(ctx context.Context, base string) error {
		objects, err = s.getFrom(ctx, base, class, query)
		return err
	})
	return objects, err
}

// getOfMajority is get with several nodes: what one of them finds is there, and may be there
// more than once.
func (s *Store) getOfMajority(ctx context.Context, class, arguments string, properties []string) ([]found, error) {
	query := s.getQuery(class, arguments, properties, false)
	var mu sync.Mutex
	var objects []found
	err := s.client.majority(ctx, func(ctx context.Context, base string) error {
		of, err := s.getFrom(ctx, base, class, query)
		mu.Lock()
		defer mu.Unlock()
		objects = append(objects, of...)
		return err
	})
	return objects, err
}

func (s *Store) getQuery(class, arguments string, properties []string, withVector bool) string {
	additional := "id distance"
	if withVector {
		additional += " vector"
	}
	if s.replicas > 1 { // else Weaviate knows no such words
		arguments += ",consistencyLevel:QUORUM"
		additional += " isConsistent"
	}
	return fmt.Sprintf("{Get{%s(%s){%s _additional{%s}}}}",
		s.prefix+class, arguments, strings.Join(properties, " "), additional)
}

// getFrom asks one node for objects.
func (s *Store) getFrom(ctx context.Context, base, class, query string) ([]found, error) {
	var answer struct{ Get map[string][]json.RawMessage }
	if err := s.graphQLFrom(ctx, base, query, &answer); err != nil {
		return nil, err
	}
	var objects []found
	for _, raw := range answer.Get[s.prefix+class] {
		var o struct {
			Additional struct {
				ID           string    `json:"id"`
				IsConsistent bool      `json:"isConsistent"`
				Distance     float64   `json:"distance"`
				Vector       []float32 `json:"vector"`
			} `json:"_additional"`
		}
		f := found{}
		if err := errors.Join(json.Unmarshal(raw, &o), json.Unmarshal(raw, &f.Properties)); err != nil {
			return nil, err
		}
		f.ID, f.Vector, f.distance, f.agreed = o.Additional.ID, o.Additional.Vector, o.Additional.Distance, o.Additional.IsConsistent
		objects = append(objects, f)
	}
	return objects, nil
}

// graphQL sends a query to one node after the other until one answers.
func (s *Store) graphQL(ctx context.Context, query string, result any) error {
	return s.client.retry(ctx, func(ctx context.Context, base string) error {
		return s.graphQLFrom(ctx, base, query, result)
	})
}

// graphQLFrom sends a query to a node. Its errors come with a status that says that all is well.
func (s *Store) graphQLFrom(ctx context.Context, base, query string, result any) error {
	data, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		return err
	}
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := s.client.once(ctx, http.MethodPost, base+"/v1/graphql", data, &answer); err != nil {
		return err
	}
	if len(answer.Errors) > 0 {
		return failure(http.StatusUnprocessableEntity, answer.Errors[0].Message)
	}
	return json.Unmarshal(answer.Data, result)
}
