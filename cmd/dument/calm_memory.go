//go:build ci

package main

import "time"

// Windows that are drawn in memory have no loop to slow down.
func waitForEvent(atMost time.Duration) { time.Sleep(atMost) }

func endWait() {}
