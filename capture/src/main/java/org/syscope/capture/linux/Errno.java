package org.syscope.capture.linux;

/**
 * An error number of the kernel, for messages: its name and its words.
 *
 * @param code the positive number, 1 to 4095 (kernel: {@code include/uapi/asm-generic/errno.h}; the same on x86_64 and
 *     aarch64)
 */
public record Errno(int code) {
    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such file or directory, or no such key in a map. */
    public static final int ENOENT = 2;
    /** Interrupted system call. */
    public static final int EINTR = 4;
    /** Argument list too long; for bpf(2) a program or an attribute that is too large. */
    public static final int E2BIG = 7;
    /** No executable format; for a module: not one of this kernel. */
    public static final int ENOEXEC = 8;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** Cannot allocate memory. */
    public static final int ENOMEM = 12;
    /** Permission denied; for bpf(2) also the verifier's refusal. */
    public static final int EACCES = 13;
    /** Device or resource busy. */
    public static final int EBUSY = 16;
    /** Already there. */
    public static final int EEXIST = 17;
    /** No such device; for perf_event_open(2) a CPU that is offline. */
    public static final int ENODEV = 19;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** No space left; for bpf(2) a verifier log longer than its buffer. */
    public static final int ENOSPC = 28;
    /** Function not implemented. */
    public static final int ENOSYS = 38;
    /** No key to check a signature with. */
    public static final int ENOKEY = 126;
    /** The signature is wrong, or there is none where one must be. */
    public static final int EKEYREJECTED = 129;
    /** Not supported, as the kernel says it to itself. */
    public static final int ENOTSUPP = 524;

    /**
     * The error of a call's result.
     *
     * @param result what {@link SystemCall#call()} returned, negative
     * @return its error
     */
    public static Errno of(long result) {
        return new Errno((int) -result);
    }

    /** {@return the name, such as {@code EPERM}, or {@code errno 4000} where there is none} */
    public String name() {
        if (code == ENOTSUPP) {
            return "ENOTSUPP";
        }
        String[] names = Names.TABLE;
        return code > 0 && code < names.length && !names[code].equals("-") ? names[code] : "errno " + code;
    }

    @Override
    public String toString() {
        return name();
    }

    private static final class Names {
        static final String[] TABLE = ("- EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM"
                + " EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY"
                + " EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY"
                + " ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL"
                + " ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV"
                + " ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD"
                + " ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE"
                + " ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE"
                + " EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN"
                + " ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE"
                + " EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED"
                + " EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON").split(" ");
    }
}
