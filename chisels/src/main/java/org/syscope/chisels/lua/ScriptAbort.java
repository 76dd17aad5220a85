package org.syscope.chisels.lua;

/** Ends a script for good: interrupted, or out of its memory. A script cannot catch it. */
final class ScriptAbort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptAbort(String message) {
        super(message, null, false, false);
    }
}
