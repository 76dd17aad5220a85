package org.syscope.cli;

import java.util.List;
import org.syscope.cli.Option.Argument;

/**
 * Every option of {@code syscope ui}, declared once. Letters and long names are csysdig's; those that {@code syscope} has too
 * do there what they do here.
 */
enum UiOption implements OptionRow {
    // ---- what is shown
    VIEW(Group.SHOW, 'v', "view", Argument.REQUIRED, "ID", null,
            "begin with this view; dig is the events, echo what is read and written; --list-views names the others"),
    DELAY(Group.SHOW, 'd', "delay", Argument.REQUIRED, "MS", null, "length of an interval, in ms (default 2000, at least 100)"),
    PRINT(Group.SHOW, 'p', "print", Argument.REQUIRED, "c", Option.PRINT, "-pc: columns about containers"),
    RESOLVE_PORTS(Group.SHOW, 'R', "resolve-ports", Argument.NONE, null, Option.RESOLVE_PORTS, "ports by their names"),
    FORCE_TERM_COMPAT(Group.SHOW, "force-term-compat", Argument.NONE, null, null,
            "use only what every terminal can do"),

    // ---- instead of the terminal
    RAW(Group.OUTPUT, "raw", Argument.NONE, null, null, "plain text on standard output instead of the terminal's screen"),
    JSON(Group.OUTPUT, 'j', "json", Argument.NONE, null, null, "JSON on standard output: {\"slices\": [ ... ]}"),
    INTERACTIVE(Group.OUTPUT, "interactive", Argument.OPTIONAL_LONG, "WORD", null,
            "as -j; then read commands from standard input, one JSON object a line: {\"action\": \"apply\", \"args\": {\"view\": "
                    + "\"files\"}}, {\"action\": \"drilldown\", \"args\": {\"rownum\": 0}}, drillup, quit"),
    FROM(Group.OUTPUT, "from", Argument.REQUIRED, "ROW", null, "with -j: the first row, from 0"),
    TO(Group.OUTPUT, "to", Argument.REQUIRED, "ROW", null, "with -j: the last row, included; 0 for all"),
    SORTINGCOL(Group.OUTPUT, "sortingcol", Argument.REQUIRED, "N", null, "sort by the Nth column, from 1"),
    ASCII(Group.OUTPUT, 'A', "print-ascii", Argument.NONE, null, Option.ASCII, "buffers: only their printable text"),
    HEX_ASCII(Group.OUTPUT, 'X', "print-hex-ascii", Argument.NONE, null, Option.HEX_ASCII, "buffers in hex and ASCII"),
    LOGFILE(Group.OUTPUT, "logfile", Argument.REQUIRED, "FILE", null, "write warnings there instead of to standard error"),

    // ---- where events come from
    READ(Group.SOURCE, 'r', "readfile", Argument.REQUIRED, "FILE", Option.READ,
            "read a capture instead of tracing this machine; may be repeated"),
    PID(Group.SOURCE, "pid", Argument.REQUIRED, "P", Option.PID,
            "look at this process with its threads and all its children only; may be repeated"),
    COUNT(Group.SOURCE, 'n', "numevents", Argument.REQUIRED, "N", Option.COUNT, "stop after N events"),
    SNAPLEN(Group.SOURCE, 's', "snaplen", Argument.REQUIRED, "BYTES", Option.SNAPLEN,
            "bytes kept of every buffer, live (default 80)"),
    BUFFER_SIZE(Group.SOURCE, "buffer-size", Argument.REQUIRED, "SIZE", Option.BUFFER_SIZE,
            "size of each ring, as 64M; larger ones lose less where much happens at once"),
    DRIVER(Group.SOURCE, "driver", Argument.REQUIRED, "NAME", Option.DRIVER, "what traces this machine, as syscope has it"),
    BPF(Group.SOURCE, 'B', "bpf", Argument.OPTIONAL, "PROBE", Option.BPF, "trace with the classic eBPF driver"),
    MODERN_BPF(Group.SOURCE, "modern-bpf", Argument.NONE, null, Option.MODERN_BPF,
            "trace with the universal eBPF driver, which is the default"),
    CPUS_PER_BUFFER(Group.SOURCE, "cpus-for-each-buffer", Argument.REQUIRED, "N", Option.CPUS_PER_BUFFER,
            "how many CPUs share a ring, 1 by default"),
    EXCLUDE_USERS(Group.SOURCE, 'E', "exclude-users", Argument.NONE, null, Option.EXCLUDE_USERS, "no user and group names"),
    LARGE_ENVIRONMENT(Group.SOURCE, "large-environment", Argument.NONE, null, Option.LARGE_ENVIRONMENT,
            "environments of more than 4 KiB too"),
    CRI(Group.SOURCE, "cri", Argument.REQUIRED, "PATH", Option.CRI, "socket of containerd or CRI-O"),
    CRI_TIMEOUT(Group.SOURCE, "cri-timeout", Argument.REQUIRED, "MS", Option.CRI_TIMEOUT,
            "how long containerd or CRI-O may take for an answer"),
    PAGE_FAULTS(Group.SOURCE, "page-faults", Argument.NONE, null, Option.PAGE_FAULTS, "trace page faults too"),

    // ---- what there is
    LIST_VIEWS(Group.INFO, "list-views", Argument.NONE, null, null, "list the views, as JSON"),
    LIST(Group.INFO, 'l', "list", Argument.OPTIONAL_LONG, "SOURCE", null, "list the fields"),
    HELP(Group.INFO, 'h', "help", Argument.NONE, null, null, "this text"),
    VERSION(Group.INFO, "version", Argument.NONE, null, null, "the version"),
    DEBUG(Group.INFO, 'D', "debug", Argument.NONE, null, null, "stack traces of this program's own errors"),

    // ---- refused, with the words that syscope has for them
    K8S_API(Group.ABSENT, 'k', "k8s-api", Argument.REQUIRED, "URL", Option.K8S_API, ""),
    K8S_CERT(Group.ABSENT, 'K', "k8s-api-cert", Argument.REQUIRED, "FILE", Option.K8S_CERT, ""),
    NODE_NAME(Group.ABSENT, "node-name", Argument.REQUIRED, "NAME", Option.NODE_NAME, ""),
    MESOS(Group.ABSENT, 'm', "mesos-api", Argument.REQUIRED, "URL", Option.MESOS, ""),
    TRACERS(Group.ABSENT, 'T', "force-tracers-capture", Argument.NONE, null, Option.TRACERS, "");

    /** The headings of the help, in this order. */
    enum Group {
        SHOW("What is shown"),
        OUTPUT("Output for scripts"),
        SOURCE("Where events come from"),
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

    private static final List<UiOption> ALL = List.of(values());

    private final Group group;
    private final char letter;
    private final String longName;
    private final Argument argument;
    private final String label;
    private final Option same;
    private final String description;

    UiOption(Group group, char letter, String longName, Argument argument, String label, Option same, String description) {
        this.group = group;
        this.letter = letter;
        this.longName = longName;
        this.argument = argument;
        this.label = label;
        this.same = same;
        this.description = description;
    }

    UiOption(Group group, String longName, Argument argument, String label, Option same, String description) {
        this(group, '\0', longName, argument, label, same, description);
    }

    /** All options, in the order of the help. */
    static List<UiOption> all() {
        return ALL;
    }

    Group group() {
        return group;
    }

    @Override
    public char letter() {
        return letter;
    }

    @Override
    public String longName() {
        return longName;
    }

    @Override
    public Argument argument() {
        return argument;
    }

    @Override
    public String label() {
        return label;
    }

    /** The option of {@code syscope} that does the same; null if it has none. */
    Option same() {
        return same;
    }

    /** What it does; empty for those without effect. */
    @Override
    public String description() {
        return description;
    }

    /** Whether it does something in this version. */
    @Override
    public boolean offered() {
        return group != Group.ABSENT && (same == null || same.offered());
    }

    /** As messages name it: by its letter where it has one. */
    String display() {
        return letter != '\0' ? "-" + letter : "--" + longName;
    }
}
