//go:build unix

package wire

import "syscall"

// Private lets nobody but the user read what this process creates. Call it first of all.
func Private() { syscall.Umask(0o077) }
