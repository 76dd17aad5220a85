package org.syscope.filters.text;

/** Names of the signals 1 to 31, as numbered on x86_64 and aarch64 (include/uapi/asm-generic/signal.h). */
public final class SignalNames {

    private static final String[] NAMES = ("- SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV "
            + "SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU "
            + "SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS").split(" ");

    private SignalNames() {
    }

    /** The name of a signal, null if it has none. */
    public static String of(int signal) {
        return signal > 0 && signal < NAMES.length ? NAMES[signal] : null;
    }
}
