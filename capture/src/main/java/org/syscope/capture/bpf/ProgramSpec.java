package org.syscope.capture.bpf;

/**
 * A program as an object defines it. What it is follows from its section's name:
 *
 * <pre>
 * raw_tp/NAME, raw_tracepoint/NAME   raw tracepoint NAME
 * tp_btf/NAME                        the same, with typed arguments
 * tp/CAT/NAME, tracepoint/CAT/NAME   tracepoint NAME of category CAT
 * ?...                               the same, but only loaded when asked for
 * </pre>
 */
public final class ProgramSpec {
    /** What kind of program it is, with its number in the kernel's {@code enum bpf_prog_type}. */
    public enum Type {
        /** Classic tracepoint, attached through a perf event. */
        TRACEPOINT(5, 0),
        /** Raw tracepoint. */
        RAW_TRACEPOINT(17, 0),
        /** Raw tracepoint with typed arguments. */
        TRACING(26, 23);

        private final int number;
        private final int attachType;

        Type(int number, int attachType) {
            this.number = number;
            this.attachType = attachType;
        }

        int number() {
            return number;
        }

        int attachType() {
            return attachType;
        }
    }

    private final String name;
    private final String section;
    private final Type type;
    private final String target;
    private final Code code;
    private boolean wanted;

    private ProgramSpec(String name, String section, Type type, String target, Code code, boolean wanted) {
        this.name = name;
        this.section = section;
        this.type = type;
        this.target = target;
        this.code = code;
        this.wanted = wanted;
    }

    /** {@return the program that a section's name makes of a function, or null if the name means nothing here} */
    static ProgramSpec of(String section, Code code) {
        boolean optional = section.startsWith("?");
        String path = optional ? section.substring(1) : section;
        int slash = path.indexOf('/');
        String family = slash < 0 ? path : path.substring(0, slash);
        String target = slash < 0 ? "" : path.substring(slash + 1);
        Type type = switch (family) {
            case "raw_tp", "raw_tracepoint" -> Type.RAW_TRACEPOINT;
            case "tp_btf" -> Type.TRACING;
            case "tp", "tracepoint" -> Type.TRACEPOINT;
            default -> null;
        };
        return type == null ? null : new ProgramSpec(code.name(), section, type, target, code, !optional);
    }

    /** {@return its name: that of the function} */
    public String name() {
        return name;
    }

    /** {@return name of the section that it stands in} */
    public String section() {
        return section;
    }

    /** {@return what kind of program it is} */
    public Type type() {
        return type;
    }

    /** {@return what it attaches to: {@code sys_exit}, or {@code sched/sched_switch} for a TRACEPOINT; may be empty} */
    public String target() {
        return target;
    }

    /** {@return whether it will be loaded} */
    public boolean wanted() {
        return wanted;
    }

    /**
     * Decides whether it will be loaded.
     *
     * @param load whether
     */
    public void wanted(boolean load) {
        wanted = load;
    }

    Code code() {
        return code;
    }
}
