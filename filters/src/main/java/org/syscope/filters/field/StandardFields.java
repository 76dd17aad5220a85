package org.syscope.filters.field;

import java.util.List;
import org.syscope.capture.event.EventCodes;
import org.syscope.filters.text.ParameterText;

/** The catalog of all fields. */
public final class StandardFields {

    /** More than the highest system call code. */
    private static final int SYSCALLS = 1024;

    private static final EventSpace SPACE = new EventSpace(EventCodes.COUNT, SYSCALLS);

    private StandardFields() {
    }

    /** All kinds of events of the schema. */
    public static EventSpace space() {
        return SPACE;
    }

    /** All fields, for one run. */
    public static FieldCatalog catalog(FieldEnvironment environment) {
        FieldRows rows = new FieldRows();
        ParameterText parameters = new ParameterText(environment.state(), environment.text(), environment.zone());
        return new FieldCatalog(List.of(
                new GenericFields(rows, environment),
                new EventFields(rows, environment, parameters),
                new ProcessFields(rows, environment),
                CredentialFields.users(rows),
                CredentialFields.groups(rows),
                new ContainerFields(rows, environment),
                new FdFields(rows, environment, parameters),
                new PathFields(rows, parameters),
                new FdListFields(rows),
                new KubernetesFields(rows, environment),
                new BygoneFields("evtin", rows),
                new BygoneFields("span", rows),
                new BygoneFields("mesos", rows),
                new SyslogFields(rows),
                new UtilFields(rows)), space());
    }
}
