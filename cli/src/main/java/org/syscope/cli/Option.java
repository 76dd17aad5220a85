package org.syscope.cli;

import java.util.List;

/**
 * Every option of the command line, declared once: the parser, the help, the man page and the shell completions are made
 * from this table. Letters and long names are sysdig's where sysdig has the option.
 */
enum Option implements OptionRow {
    // ---- where events come from
    READ(Group.SOURCE, 'r', "readfile", Argument.REQUIRED, "FILE", true,
            "read a capture instead of tracing this machine; - is stdin; may be repeated"),
    FROM(Group.SOURCE, "from", Argument.REQUIRED, "PLACE", false,
            "with -r: begin at a time (2026-01-31T12:00:00 with Z or +01:00 or local, 12:00:00.5, or seconds since 1970), at "
                    + "+10s from the first event, at -30s before the last one (ns, us, ms, s, m, h), or at event number #N"),
    TO(Group.SOURCE, "to", Argument.REQUIRED, "PLACE", false,
            "with -r: end there, likewise; both ends are included. Events outside are neither shown nor counted, but names "
                    + "and fds stay right"),
    SNAPLEN(Group.SOURCE, 's', "snaplen", Argument.REQUIRED, "BYTES", true,
            "bytes kept of every buffer, live (default 80, at most 65000)"),
    PID(Group.SOURCE, "pid", Argument.REQUIRED, "P", true,
            "trace this process with its threads and all its children; may be repeated; ends when they all have ended"),
    BUFFER_SIZE(Group.SOURCE, "buffer-size", Argument.REQUIRED, "SIZE", false,
            "size of each ring: bytes, or with K, M, G (powers of 1024) or kB, MB, GB (of 1000); rounded up to a power of two, "
                    + "4K to 1G (default 8M to 64M, by CPUs and memory). Larger ones lose less where much happens at once"),
    FAIL_ON_DROP(Group.SOURCE, "fail-on-drop", Argument.NONE, null, false,
            "exit with status 1 if any event was lost"),
    ENTER(Group.SOURCE, "enter", Argument.NONE, null, false,
            "enter events of calls, too; without it they come where a filter, -p or a chisel names evt.dir to tell them apart"),
    PENDING(Group.SOURCE, "pending", Argument.OPTIONAL_LONG, "TIME", false,
            "list on stderr, at the end and on SIGUSR1, the calls that have been in flight for TIME (2s, 500ms; default 1s) or "
                    + "longer: who hangs where, since when; of the filter counts what is about the type of the call and about "
                    + "its process, user or container"),
    NO_LATENCY(Group.SOURCE, "no-latency", Argument.NONE, null, false,
            "no hook at the entry of calls: cheaper, but evt.latency is unknown, and what a call overwrites is shown as the call "
                    + "left it"),
    SUPPRESS_COMM(Group.SOURCE, 'U', "suppress-comm", Argument.REQUIRED, "COMM", false,
            "leave out processes of that name and their children; may be repeated"),
    DRIVER(Group.SOURCE, "driver", Argument.REQUIRED, "NAME", false,
            "what traces this machine: universal (eBPF, needs nothing but Linux 5.8), bpf (eBPF that was compiled for this "
                    + "kernel, Linux 4.14), kmod (the kernel module, Linux 3.10), or auto (the default), the first of these "
                    + "that is there and works; -v says which one it is and why the others are not; 'syscope driver' builds and "
                    + "loads them"),
    BPF(Group.SOURCE, 'B', "bpf", Argument.OPTIONAL, "PROBE", false,
            "the same as --driver bpf; PROBE is the file that 'syscope driver build bpf' made, if it is not where that puts it "
                    + "(~/.syscope); the variable SYSDIG_BPF_PROBE does the same"),
    MODERN_BPF(Group.SOURCE, "modern-bpf", Argument.NONE, null, false,
            "the same as --driver universal"),
    CPUS_PER_BUFFER(Group.SOURCE, "cpus-for-each-buffer", Argument.REQUIRED, "N", false,
            "how many CPUs share a ring, 1 by default; not for the bpf driver"),
    EXCLUDE_USERS(Group.SOURCE, 'E', "exclude-users", Argument.NONE, null, false,
            "no user and group names, neither shown nor written"),
    LARGE_ENVIRONMENT(Group.SOURCE, "large-environment", Argument.NONE, null, false,
            "environments of more than 4 KiB whole, read from /proc"),
    WAIT_META(Group.SOURCE, "wait-meta", Argument.REQUIRED, "MS", false,
            "hold the first event of a container so long until its name is known: 500 where filter or format name "
                    + "containers or pods, otherwise 0"),
    CRI(Group.SOURCE, "cri", Argument.REQUIRED, "PATH", false,
            "socket of containerd or CRI-O, where pods and their containers get their names from, instead of the usual "
                    + "places; may be repeated"),
    CRI_TIMEOUT(Group.SOURCE, "cri-timeout", Argument.REQUIRED, "MS", false,
            "how long containerd or CRI-O may take for an answer (default 2000)"),
    PAGE_FAULTS(Group.SOURCE, "page-faults", Argument.NONE, null, false, "trace page faults too"),

    // ---- what is shown
    PRINT(Group.FORMAT, 'p', "print", Argument.REQUIRED, "FORMAT", true,
            "output format, as '%evt.num %proc.name'; a leading * shows lines with missing fields too; "
                    + "-pc with containers, -pk with pods, -pp prints the default"),
    JSON(Group.FORMAT, 'j', "json", Argument.NONE, null, true, "one JSON object a line"),
    TIME(Group.FORMAT, 't', "timetype", Argument.REQUIRED, "h|a|r|d|D", true,
            "time: h human, a absolute s, r relative s, d duration of the call, D since the last event shown"),
    VERBOSE(Group.FORMAT, 'v', "verbose", Argument.NONE, null, true,
            "whole buffers instead of 80 characters, more totals at the end"),
    ASCII(Group.FORMAT, 'A', "print-ascii", Argument.NONE, null, false, "buffers: only their printable text"),
    BASE64(Group.FORMAT, 'b', "print-base64", Argument.NONE, null, false, "buffers in base64"),
    HEX(Group.FORMAT, 'x', "print-hex", Argument.NONE, null, false, "buffers in hex"),
    HEX_ASCII(Group.FORMAT, 'X', "print-hex-ascii", Argument.NONE, null, true, "buffers in hex and ASCII"),
    RESOLVE_PORTS(Group.FORMAT, 'R', "resolve-ports", Argument.NONE, null, false,
            "ports and hosts by their names; live, a host's name is shown as soon as the resolver has given it"),
    COLOR(Group.FORMAT, "color", Argument.REQUIRED, "WHEN", false,
            "auto (default: on a terminal, unless NO_COLOR is set), always or never"),
    QUIET(Group.FORMAT, 'q', "quiet", Argument.NONE, null, true, "no event lines"),
    SUMMARY(Group.FORMAT, 'S', "summary", Argument.KEYWORD, "proc", true,
            "at the end calls, errors and times per call; -S proc per process too"),
    PROGRESS(Group.FORMAT, 'P', "progress", Argument.NONE, null, false, "progress on stderr while reading a file"),
    UNBUFFERED(Group.FORMAT, "unbuffered", Argument.NONE, null, false, "write every line at once"),
    DISPLAY_FILTER(Group.FORMAT, 'd', "displayflt", Argument.NONE, null, false,
            "the filter only chooses the lines shown, not what is counted, written or given to chisels"),
    DEBUG(Group.FORMAT, 'D', "debug", Argument.NONE, null, false,
            "show internal events too, and stack traces of this program's own errors"),
    LOG_LEVEL(Group.FORMAT, "log-level", Argument.REQUIRED, "LEVEL", false,
            "how much this program tells about itself on stderr: trace, debug, info, notice, warning, error, "
                    + "critical or fatal"),

    // ---- when it ends
    COUNT(Group.END, 'n', "numevents", Argument.REQUIRED, "N", true, "stop after N events that match"),
    DURATION(Group.END, 'M', "duration", Argument.REQUIRED, "S", true, "stop S seconds after the first event"),

    // ---- writing
    WRITE(Group.WRITE, 'w', "writefile", Argument.REQUIRED, "FILE", true,
            "write the events into a capture file; - is stdout; implies -q"),
    COMPRESS(Group.WRITE, 'z', "compress", Argument.NONE, null, true, "gzip what -w writes"),
    FILE_SIZE(Group.WRITE, 'C', "file-size", Argument.REQUIRED, "MB", true,
            "with -w: a new file every MB million bytes"),
    SECONDS(Group.WRITE, 'G', "seconds", Argument.REQUIRED, "S", true,
            "with -w: a new file every S seconds; the name may hold strftime's %"),
    FILE_LIMIT(Group.WRITE, 'W', "limit", Argument.REQUIRED, "N", true, "with -C, -G, -e: keep only the last N files"),
    EVENT_LIMIT(Group.WRITE, 'e', "event-limit", Argument.REQUIRED, "N", false, "with -w: a new file every N events"),
    FAT_FILE(Group.WRITE, 'F', "fatfile", Argument.NONE, null, false,
            "with -w and a filter: keep, hidden, the events that names and fds depend on"),
    RING(Group.WRITE, "ring", Argument.REQUIRED, "SIZE", false,
            "with -w: keep only the newest events, in memory, by time (60s, 5m), memory (200MB) or both (60s,200MB), and write "
                    + "them on SIGUSR2, for --dump-on, on Ctrl-C, and at the end unless --dump-on is given; FILE, then FILE1, "
                    + "FILE2 ..., with -W only the last N of them; a time alone takes at most 1 GB"),
    DUMP_ON(Group.WRITE, "dump-on", Argument.REQUIRED, "FILTER", false,
            "with --ring: write what is kept when an event matches, and go on; at most one file a second"),
    SANITIZE(Group.WRITE, "sanitize", Argument.NONE, null, false,
            "with -w: leave out environments, passwords and keys in command lines as far as patterns know them, what was read "
                    + "and written, and processes without an event in the file; says how much that was"),
    FILTER_PROCLIST(Group.WRITE, "filter-proclist", Argument.NONE, null, false,
            "with -r and -w: leave processes that no written event belongs to out of the process table"),

    // ---- scripts
    CHISEL(Group.CHISEL, 'c', "chisel", Argument.REQUIRED, "NAME", true, "run a chisel; -cl lists them"),
    CHISEL_INFO(Group.CHISEL, 'i', "chisel-info", Argument.REQUIRED, "NAME", false, "what a chisel does"),
    LIST_CHISELS(Group.CHISEL, "list-chisels", Argument.NONE, null, false, "list the chisels"),

    // ---- what there is
    LIST(Group.INFO, 'l', "list", Argument.OPTIONAL_LONG, "SOURCE", true, "list the fields; -lv says more, with -j as JSON"),
    LIST_MARKDOWN(Group.INFO, "list-markdown", Argument.OPTIONAL_LONG, "SOURCE", false, "list the fields in Markdown"),
    LIST_EVENTS(Group.INFO, 'L', "list-events", Argument.NONE, null, true, "list the event types"),
    HELP(Group.INFO, 'h', "help", Argument.NONE, null, true, "this text"),
    HELP_ALL(Group.INFO, "help-all", Argument.NONE, null, true, "every option"),
    VERSION(Group.INFO, "version", Argument.NONE, null, true, "the version"),
    LIBS_VERSION(Group.INFO, "libs-version", Argument.NONE, null, false, "the version of the event schema"),

    // ---- not in this version
    PLUGIN(Group.ABSENT, 'H', "plugin", Argument.REQUIRED, "NAME", "plugins are native libraries, this program loads none"),
    INPUT(Group.ABSENT, 'I', "input", Argument.REQUIRED, "NAME", "plugins are native libraries, this program loads none"),
    PLUGIN_CONFIG(Group.ABSENT, "plugin-config-file", Argument.REQUIRED, "FILE",
            "plugins are native libraries, this program loads none"),
    PLUGIN_INFO(Group.ABSENT, "plugin-info", Argument.REQUIRED, "NAME",
            "plugins are native libraries, this program loads none"),
    GVISOR_CONFIG(Group.ABSENT, 'g', "gvisor-config", Argument.REQUIRED, "FILE",
            "gVisor sandboxes cannot be traced: run syscope inside, or on a host without gVisor"),
    GVISOR_GENERATE(Group.ABSENT, "gvisor-generate-config", Argument.OPTIONAL_LONG, "SOCKET",
            "gVisor sandboxes cannot be traced: run syscope inside, or on a host without gVisor"),
    GVISOR_ROOT(Group.ABSENT, "gvisor-root", Argument.REQUIRED, "DIR",
            "gVisor sandboxes cannot be traced: run syscope inside, or on a host without gVisor"),
    K8S_API(Group.ABSENT, 'k', "k8s-api", Argument.REQUIRED, "URL",
            "the Kubernetes API client is obsolete: pods come from the container runtime, see -pk"),
    K8S_CERT(Group.ABSENT, 'K', "k8s-api-cert", Argument.REQUIRED, "FILE",
            "the Kubernetes API client is obsolete: pods come from the container runtime, see -pk"),
    NODE_NAME(Group.ABSENT, "node-name", Argument.REQUIRED, "NAME",
            "the Kubernetes API client is obsolete: pods come from the container runtime, see -pk"),
    MESOS(Group.ABSENT, 'm', "mesos-api", Argument.REQUIRED, "URL", "Mesos has ended, and its client with it"),
    UDIG(Group.ABSENT, 'u', "udig", Argument.NONE, null, "the ptrace engine is obsolete: the eBPF driver needs no module"),
    TRACERS(Group.ABSENT, 'T', "force-tracers-capture", Argument.NONE, null,
            "tracers are obsolete: no current driver records them");

    /** Whether an option takes an argument. */
    enum Argument {
        /** It takes none. */
        NONE,
        /** It takes one: glued to the letter, behind {@code =}, or the next word. */
        REQUIRED,
        /** It may take one, glued to the letter or behind {@code =}. */
        OPTIONAL,
        /** Its long name may take one behind {@code =}, its letter none. */
        OPTIONAL_LONG,
        /** The next word is its argument if it is exactly the label, which no filter can be. */
        KEYWORD
    }

    /** The headings of the help, in this order. */
    enum Group {
        SOURCE("Where events come from"),
        FORMAT("What is shown"),
        END("When it ends"),
        WRITE("Writing captures"),
        CHISEL("Chisels"),
        INFO("What there is"),
        ABSENT("Known, but without effect");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    private static final List<Option> ALL = List.of(values());

    private final Group group;
    private final char letter;
    private final String longName;
    private final Argument argument;
    private final String label;
    private final boolean common;
    private final String description;

    Option(Group group, char letter, String longName, Argument argument, String label, boolean common, String description) {
        this.group = group;
        this.letter = letter;
        this.longName = longName;
        this.argument = argument;
        this.label = label;
        this.common = common;
        this.description = description;
    }

    Option(Group group, String longName, Argument argument, String label, boolean common, String description) {
        this(group, '\0', longName, argument, label, common, description);
    }

    Option(Group group, char letter, String longName, Argument argument, String label, String reason) {
        this(group, letter, longName, argument, label, false, reason);
    }

    Option(Group group, String longName, Argument argument, String label, String reason) {
        this(group, '\0', longName, argument, label, false, reason);
    }

    /** All options, in the order of the help; allocates nothing. */
    static List<Option> all() {
        return ALL;
    }

    /** The option with that letter; null if there is none. */
    static Option ofLetter(char letter) {
        for (Option option : ALL) {
            if (option.letter == letter && letter != '\0') {
                return option;
            }
        }
        return null;
    }

    Group group() {
        return group;
    }

    /** The letter; NUL where it has only a long name. */
    @Override
    public char letter() {
        return letter;
    }

    /** The long name without dashes. */
    @Override
    public String longName() {
        return longName;
    }

    @Override
    public Argument argument() {
        return argument;
    }

    /** What the help calls the argument; null where there is none. */
    @Override
    public String label() {
        return label;
    }

    /** Whether the short help shows it. */
    boolean common() {
        return common;
    }

    /** What it does; for those without effect, why they have none. */
    @Override
    public String description() {
        return description;
    }

    /** Whether it does something in this version. */
    @Override
    public boolean offered() {
        return group != Group.ABSENT;
    }

    /** As messages name it: by its letter where it has one. */
    String display() {
        return letter != '\0' ? "-" + letter : "--" + longName;
    }
}
