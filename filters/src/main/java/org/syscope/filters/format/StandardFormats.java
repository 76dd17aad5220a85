package org.syscope.filters.format;

/** The formats that the tool has names for. */
public final class StandardFormats {

    /** One line an event, where output does not go to a terminal. */
    public static final String DEFAULT =
            "*%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.info";

    /** The same in colours, and with the process id, for a terminal. */
    public static final String TERMINAL = "*%evt.num %evt.outputtime %evt.cpu \\e[01;32m%proc.name\\e[00m "
            + "(\\e[01;36m%proc.pid\\e[00m.%thread.tid) %evt.dir \\e[01;34m%evt.type\\e[00m %evt.info";

    /** With the container ({@code -pc}). */
    public static final String CONTAINER = container("container.name");

    /** With the Kubernetes pod ({@code -pk}). */
    public static final String KUBERNETES = container("k8s.pod.name");

    /** With the Mesos task ({@code -pm}). */
    public static final String MESOS = container("mesos.task.name");

    /** For events of plugins. */
    public static final String PLUGIN = "*%evt.num %evt.datetime.s [%evt.pluginname] %evt.plugininfo";

    private StandardFormats() {
    }

    private static String container(String name) {
        return "*%evt.num %evt.outputtime %evt.cpu %" + name + " (%container.id) %proc.name (%thread.tid:%thread.vtid) "
                + "%evt.dir %evt.type %evt.info";
    }

    /** The format that an argument of {@code -p} stands for; null if it is a format itself. */
    public static String named(String argument) {
        return switch (argument) {
            case "c", "container" -> CONTAINER;
            case "k", "kubernetes" -> KUBERNETES;
            case "m", "mesos" -> MESOS;
            case "p" -> DEFAULT;
            default -> null;
        };
    }
}
