package eval

// A BadSuiteError is all that is wrong with the folder of a suite. It is a mistake in the
// input; that a judge lacks something on this machine is none.
type BadSuiteError struct{ Err error }

func (e *BadSuiteError) Error() string { return e.Err.Error() }
func (e *BadSuiteError) Unwrap() error { return e.Err }
