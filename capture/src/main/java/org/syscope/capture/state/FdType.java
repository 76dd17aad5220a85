package org.syscope.capture.state;

/** What an fd is open on. The codes are those of the fd list in capture files. */
public enum FdType {
    /** Not known. */
    UNKNOWN(0, 'o', "<NA>"),
    /** A file, as older files wrote it. */
    FILE(1, 'f', "file"),
    /** A directory. */
    DIRECTORY(2, 'd', "directory"),
    /** An IPv4 socket with both ends. */
    IPV4(3, '4', "ipv4"),
    /** An IPv6 socket with both ends. */
    IPV6(4, '6', "ipv6"),
    /** An IPv4 socket that is bound and has no other end. */
    IPV4_SERVER(5, '4', "ipv4"),
    /** An IPv6 socket that is bound and has no other end. */
    IPV6_SERVER(6, '6', "ipv6"),
    /** A pipe. */
    PIPE(7, 'p', "pipe"),
    /** A unix socket. */
    UNIX(8, 'u', "unix"),
    /** An eventfd. */
    EVENT(9, 'e', "event"),
    /** Something that has no type here. */
    UNSUPPORTED(10, 'X', "<NA>"),
    /** A signalfd. */
    SIGNALFD(11, 's', "signalfd"),
    /** An epoll instance. */
    EVENTPOLL(12, 'l', "eventpoll"),
    /** An inotify instance. */
    INOTIFY(13, 'i', "inotify"),
    /** A timerfd. */
    TIMERFD(14, 't', "timerfd"),
    /** A netlink socket. */
    NETLINK(15, 'n', "netlink"),
    /** A file with open flags and device. */
    FILE_V2(16, 'f', "file"),
    /** A BPF map, program or link. */
    BPF(17, 'b', "bpf"),
    /** A userfaultfd; shares its character with unix sockets. */
    USERFAULTFD(18, 'u', "userfaultfd"),
    /** An io_uring instance. */
    IO_URING(19, 'r', "io_uring"),
    /** A memfd. */
    MEMFD(20, 'm', "memfd"),
    /** A pidfd. */
    PIDFD(21, 'P', "pidfd");

    private static final FdType[] BY_CODE = values();

    private final int code;
    private final char character;
    private final String typeName;

    FdType(int code, char character, String typeName) {
        this.code = code;
        this.character = character;
        this.typeName = typeName;
    }

    /** The type with that code of the capture file's fd list; {@link #UNSUPPORTED} for codes that are not known here. */
    public static FdType of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNSUPPORTED;
    }

    /** The type of an anonymous inode by the kernel's name for it; {@link #UNSUPPORTED} for names that are not known here. */
    public static FdType ofAnonymous(String name) {
        return switch (name) {
            case "[eventfd]" -> EVENT;
            case "[eventpoll]" -> EVENTPOLL;
            case "inotify" -> INOTIFY;
            case "[signalfd]" -> SIGNALFD;
            case "[timerfd]" -> TIMERFD;
            case "[io_uring]" -> IO_URING;
            case "[userfaultfd]" -> USERFAULTFD;
            case "[pidfd]" -> PIDFD;
            case "bpf-map", "bpf-prog", "bpf-link", "bpf_iter", "bpf_link" -> BPF;
            default -> UNSUPPORTED;
        };
    }

    /** The code in capture files, 0 to 21. */
    public int code() {
        return code;
    }

    /** The letter of {@code fd.typechar}. */
    public char character() {
        return character;
    }

    /** The name of {@code fd.type}; {@code <NA>} where there is none. */
    public String typeName() {
        return typeName;
    }

    /** Whether it is an IPv4 or IPv6 socket of any kind. */
    public boolean isInet() {
        return isIpv4() || isIpv6();
    }

    /** Whether it is an IPv4 socket, with one or both ends. */
    public boolean isIpv4() {
        return this == IPV4 || this == IPV4_SERVER;
    }

    /** Whether it is an IPv6 socket, with one or both ends. */
    public boolean isIpv6() {
        return this == IPV6 || this == IPV6_SERVER;
    }

    /** Whether it is a bound IP socket without another end. */
    public boolean isServer() {
        return this == IPV4_SERVER || this == IPV6_SERVER;
    }

    /** Whether it is a socket of any family. */
    public boolean isSocket() {
        return isInet() || this == UNIX || this == NETLINK;
    }

    /** Whether it is a file or a directory. */
    public boolean isPath() {
        return this == FILE || this == FILE_V2 || this == DIRECTORY;
    }
}
