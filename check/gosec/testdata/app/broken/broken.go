// Package broken needs what is not here.
package broken

import "example.org/not/here"

var value = here.Value
