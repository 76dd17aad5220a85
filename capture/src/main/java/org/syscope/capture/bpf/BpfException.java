package org.syscope.capture.bpf;

/**
 * Why eBPF could not be used: one line that says what and where, a hint what to do about it, and for a program that the
 * verifier refused its whole log.
 */
public final class BpfException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of thing went wrong. */
    public enum Kind {
        /** The kernel has no BTF of itself. */
        NO_BTF,
        /** A capability is missing. */
        NOT_PERMITTED,
        /** The kernel's lockdown forbids it. */
        LOCKDOWN,
        /** The kernel lacks something that is needed. */
        KERNEL_TOO_OLD,
        /** A program was refused. */
        PROGRAM_REFUSED,
        /** A map could not be created or used. */
        MAP,
        /** A program could not be attached, or its tracepoint is not there. */
        ATTACH,
        /** A relocation has more than one answer, or none that is allowed. */
        RELOCATION,
        /** The object or a BTF is damaged, or uses what this loader does not know. */
        MALFORMED
    }

    private final Kind kind;
    private final String hint;
    private final String log;

    /**
     * Creates the exception.
     *
     * @param kind what kind
     * @param message what went wrong and where, one line
     * @param hint what to do, one line, or empty
     */
    public BpfException(Kind kind, String message, String hint) {
        this(kind, message, hint, "", null);
    }

    /**
     * Creates the exception with a cause or a verifier log.
     *
     * @param kind what kind
     * @param message what went wrong and where, one line
     * @param hint what to do, one line, or empty
     * @param log the verifier's words, many lines, or empty
     * @param cause what led to it, or null
     */
    public BpfException(Kind kind, String message, String hint, String log, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
        this.log = log;
    }

    static BpfException malformed(String what) {
        return new BpfException(Kind.MALFORMED, what, "the file is damaged or was built by an unsupported compiler");
    }

    /** {@return what kind of thing went wrong} */
    public Kind kind() {
        return kind;
    }

    /** {@return what to do about it, one line; empty where nothing sensible can be said} */
    public String hint() {
        return hint;
    }

    /** {@return the verifier's whole log, or empty} */
    public String log() {
        return log;
    }
}
