//go:build !unix

package storage_test

import "errors"

func makeFIFO(string) error { return errors.ErrUnsupported }
