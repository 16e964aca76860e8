// The tools of the house: they need modules that the program does not.
module dument/tools

go 1.26.0

tool github.com/josephspurrier/goversioninfo/cmd/goversioninfo

require golang.org/x/image v0.47.0

require (
	github.com/akavel/rsrc v0.10.2 // indirect
	github.com/josephspurrier/goversioninfo v1.7.0 // indirect
	golang.org/x/sys v0.49.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)
