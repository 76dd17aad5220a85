package org.syscope.cli;

/** The manual page syscope(8), in the man macros of troff, made from the table of options. */
final class ManPage {

    private ManPage() {
    }

    /** The page. */
    static String text(String version) {
        StringBuilder page = new StringBuilder(1 << 14);
        page.append(".TH SYSCOPE 8 \"\" \"syscope ").append(escape(version)).append("\" \"System calls\"\n");
        page.append("""
                .SH NAME
                syscope \\- see the system calls of a Linux machine, live or recorded
                .SH SYNOPSIS
                .B syscope
                [\\fIoptions\\fR] [\\fIfilter\\fR]
                .br
                .B syscope
                [\\fIoptions\\fR] [\\fIfilter\\fR] \\fB\\-\\-\\fR \\fIcommand\\fR [\\fIargument\\fR...]
                .br
                .B syscope info
                \\fIfile\\fR
                .br
                .B syscope ui
                [\\fIoptions\\fR] [\\fIfilter\\fR] [\\fB\\-\\-\\fR \\fIcommand\\fR...]
                .br
                .B syscope driver
                build [bpf|kmod] [\\-\\-kernel\\-dir \\fIfolder\\fR] [\\-o \\fIfile\\fR] | load [\\fIfile\\fR] | unload | status
                .SH DESCRIPTION
                Shows one line for each system call of this machine, of one command and all it starts, or of a capture file.
                The filter says which: the words that are no options, joined by blanks, such as
                .BR "proc.name=nginx and evt.failed=true" .
                Options may stand behind it, long names may be shortened while they are unique, letters bundled.
                Tracing needs root, or the capabilities CAP_BPF and CAP_PERFMON; reading a file needs neither.
                .SH OPTIONS
                """);
        for (Option.Group group : Option.Group.values()) {
            page.append(".SS ").append(escape(group.heading())).append('\n');
            for (Option option : Option.all()) {
                if (option.group() == group) {
                    entry(page, option, option.description());
                }
            }
        }
        page.append("""
                .SH VIEWS
                .B syscope ui
                shows views of what happens, as csysdig does: processes, files, connections, errors, latencies, live or
                of a capture. F1 in it explains the keys. Its options:
                """);
        for (UiOption option : UiOption.all()) {
            if (option.offered()) {
                entry(page, option, option.description());
            }
        }
        page.append("""
                .SH DRIVERS
                The universal driver needs nothing but Linux 5.8 with CONFIG_DEBUG_INFO_BTF. For other kernels
                .B syscope driver build
                compiles the probe of the bpf driver (clang) or the kernel module (make, gcc) against the kernel's headers
                and puts it into
                .IR ~/.syscope ;
                .B syscope driver load
                and
                .B unload
                load and unload the module,
                .B syscope driver status
                tells which driver can be used here and what is missing for the others. Nothing is built or loaded unless asked
                for.
                .SH SIGNALS
                The first SIGINT, SIGTERM or SIGHUP ends the run well: what was traced is written, the file completed, the totals
                are said. The second ends the process at once. SIGUSR1 prints the totals so far, SIGUSR2 has
                .B \\-\\-ring
                write what it keeps.
                .SH EXIT STATUS
                0 if the run ended well, 1 if it failed, 2 if the command line is wrong. With a command, the command's own; if a
                signal killed it, the same signal ends syscope.
                .SH ENVIRONMENT
                .TP
                .B NO_COLOR
                no colours, unless
                .B \\-\\-color=always
                .TP
                .B TZ
                the time zone of the times shown
                .TP
                .B SYSDIG_BPF_PROBE
                set, even to nothing: trace with the bpf driver, unless an option says otherwise; the file of its probe
                .TP
                .B SYSDIG_CHISEL_DIR
                folders, separated by semicolons, in which chisels are looked for first
                .TP
                .B HOST_ROOT
                where the file system of the host is mounted, in a container that traces it
                .TP
                .B SCAP_HOSTNAME
                the name of the machine, instead of its own
                .TP
                .BR SYSCOPE_JAVA ", " SYSCOPE_JAVA_OPTS ", " SYSCOPE_NO_CACHE
                the java to start, more options for it, and no start-up cache
                .SH FILES
                .TP
                .I $XDG_CONFIG_HOME/syscope/config
                defaults: one long option a line, as
                .BR "color = never" .
                Without the variable,
                .IR ~/.config/syscope/config .
                .TP
                .I FILE.idx
                places in the long capture
                .I FILE
                from which it can be read, for
                .BR \\-\\-from .
                Made while it is written or first read; may be deleted.
                .SH SEE ALSO
                .BR strace (1),
                .BR tcpdump (8),
                .BR perf (1),
                .BR tshark (1)
                """);
        return page.toString();
    }

    private static void entry(StringBuilder page, OptionRow option, String description) {
        page.append(".TP\n");
        if (option.letter() != '\0') {
            page.append("\\fB\\-").append(option.letter()).append("\\fR, ");
        }
        page.append("\\fB\\-\\-").append(escape(option.longName())).append("\\fR");
        switch (option.argument()) {
            case NONE -> {
                // nothing follows
            }
            case REQUIRED -> page.append("=\\fI").append(escape(option.label())).append("\\fR");
            default -> page.append("[=\\fI").append(escape(option.label())).append("\\fR]");
        }
        page.append('\n').append(escape(description)).append('\n');
    }

    private static String escape(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
