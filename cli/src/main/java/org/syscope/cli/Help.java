package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help texts, laid out by picocli from the table of options. */
final class Help {

    private static final int WIDTH = 80;
    private static final int LONGEST_OPTION = 26;
    private static final String[] EXAMPLES = {
        "  syscope                                   all system calls of this machine",
        "  syscope proc.name=nginx and evt.failed=true     what fails in nginx",
        "  syscope fd.name startswith /etc           who touches files in /etc",
        "  syscope -r trace.scap evt.type=connect    connects in a capture",
        "  syscope -w trace.scap -M 10               record ten seconds",
        "  syscope -G 60 -W 5 -w 'trace-%%M.scap'     keep the last five minutes",
        "  syscope -p '%%proc.name %%fd.name' 'evt.type in (open, openat)'",
        "  syscope -j -n 100 evt.is_io=true | jq .   JSON, a hundred events",
        "  syscope -q -S -M 5                        count the calls of 5 seconds",
        "  syscope -- ls -l /tmp                     trace one command",
    };

    private Help() {
    }

    /** The short help: what is used daily, and ten examples. At most 60 lines of 80 columns. */
    static String brief() {
        CommandSpec spec = spec(true);
        List<String> footer = new ArrayList<>(List.of("", "Examples:"));
        footer.addAll(List.of(EXAMPLES));
        footer.add("");
        footer.add("syscope ui looks around, syscope info FILE sums up a capture. More: --help-all");
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return text(spec);
    }

    /** Every option, with the groups as headings. */
    static String full() {
        CommandSpec spec = spec(false);
        List<String> footer = new ArrayList<>();
        footer.add("");
        footer.add("The filter is what is left of the words, joined by blanks. Options may stand behind it, long names may be "
                + "shortened, letters bundled. What stands behind -- is a command to run and trace.");
        footer.add("");
        footer.add("Signals: Ctrl-C ends the capture well, a second one at once; SIGUSR1 prints the totals so far.");
        footer.add("");
        footer.add("Exit status: 0 the run ended well, 1 it failed, 2 the command line is wrong.");
        footer.add("");
        footer.add("Examples:");
        footer.addAll(List.of(EXAMPLES));
        spec.usageMessage().footer(footer.toArray(String[]::new));
        return text(spec);
    }

    /** The model of the command line, for whatever is generated from it. */
    static CommandSpec spec(boolean brief) {
        CommandSpec spec = CommandSpec.create().name("syscope");
        spec.usageMessage()
                .width(WIDTH)
                .longOptionsMaxWidth(LONGEST_OPTION)
                .sortOptions(false)
                .header("syscope: see the system calls of a Linux machine, live or recorded.", "")
                .customSynopsis("syscope [options] [filter]",
                        "       syscope [options] [filter] -- command [argument...]");
        for (Option.Group group : Option.Group.values()) {
            ArgGroupSpec.Builder section = ArgGroupSpec.builder().validate(false).heading("%n" + group.heading() + ":%n");
            boolean any = false;
            for (Option option : Option.all()) {
                if (option.group() == group && (option.common() || !brief)) {
                    section.addArg(optionSpec(option, brief));
                    any = true;
                }
            }
            if (any) {
                spec.addArgGroup(section.build());
            }
        }
        return spec;
    }

    private static OptionSpec optionSpec(Option option, boolean brief) {
        List<String> names = new ArrayList<>();
        if (option.letter() != '\0') {
            names.add("-" + option.letter());
        }
        names.add("--" + option.longName());
        String description = option.description();
        int more = description.indexOf("; ");
        if (brief && more >= 0) {
            description = description.substring(0, more);
        }
        String arity = switch (option.argument()) {
            case NONE -> "0";
            case REQUIRED -> "1";
            default -> "0..1";
        };
        return OptionSpec.builder(names.toArray(String[]::new))
                .arity(arity)
                .type(option.argument() == Option.Argument.NONE ? boolean.class : String.class)
                .paramLabel(option.label() == null ? "" : option.label())
                .description(description.replace("%", "%%"))
                .build();
    }

    private static String text(CommandSpec spec) {
        ColorScheme plain = CommandLine.Help.defaultColorScheme(Ansi.OFF);
        return new CommandLine(spec).getUsageMessage(plain);
    }
}
