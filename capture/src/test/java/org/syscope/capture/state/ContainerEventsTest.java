package org.syscope.capture.state;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.container.ContainerEvent;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerJson;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Every event by which captures have ever told of containers fills the table. */
final class ContainerEventsTest {

    private static final String JSON = "{\"container\":{\"id\":\"0123456789ab\",\"type\":11,\"name\":\"web\"}}";
    private static final Text ID = Text.of("0123456789ab");

    private final SystemState state = new SystemState(null);

    private void isTold() {
        ContainerInfo container = state.containers().find(ID);
        assertThat(container).isNotNull();
        assertThat(container.name()).hasToString("web");
        assertThat(container.type()).isEqualTo("podman");
        assertThat(state.containers().unreadable()).isZero();
        assertThat(state.thread()).isNull();
    }

    @Test
    void firstGenerationIsPlain() {
        state.process(new EventBuilder(EventCodes.PPME_CONTAINER_E).with("id", ID.toString()).with("type", 11)
                .with("name", "web").with("image", "nginx:1").build());
        isTold();
        assertThat(state.containers().find(ID).imageTag()).hasToString("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {EventCodes.PPME_CONTAINER_JSON_E, EventCodes.PPME_CONTAINER_JSON_2_E})
    void thenItWasJson(int code) {
        state.process(new EventBuilder(code).with("json", JSON).build());
        isTold();
    }

    @Test
    void pluginsTellInAsynchronousEvents() {
        state.process(new EventBuilder(EventCodes.PPME_ASYNCEVENT_E).with("name", "container")
                .with("data", JSON.getBytes(StandardCharsets.UTF_8)).build());
        isTold();
    }

    @Test
    void otherAsynchronousEventsTellOfOtherThings() {
        state.process(new EventBuilder(EventCodes.PPME_ASYNCEVENT_E).with("name", "other").with("data", "x").build());
        assertThat(state.containers().size()).isZero();
        assertThat(state.containers().unreadable()).isZero();
    }

    @Test
    void whatCannotBeUnderstoodIsCounted() {
        state.process(new EventBuilder(EventCodes.PPME_CONTAINER_JSON_2_E).with("json", "{").build());
        assertThat(state.containers().unreadable()).isOne();
    }

    @Test
    void theNewestDescriptionCountsAndItIsForgottenWithTheState() {
        state.process(new EventBuilder(EventCodes.PPME_CONTAINER_JSON_E).with("json", JSON.replace("web", "old")).build());
        state.process(new EventBuilder(EventCodes.PPME_CONTAINER_JSON_E).with("json", JSON).build());
        isTold();
        state.reset();
        assertThat(state.containers().find(ID)).isNull();
    }

    @Test
    void eventsMadeHereAreUnderstoodHere() {
        ContainerJson json = new ContainerJson();
        ContainerInfo container = json.read(JSON.getBytes(StandardCharsets.UTF_8));
        Event event = ContainerEvent.of(json, container, 5);
        assertThat(event.timestamp()).isEqualTo(5);
        state.process(event);
        isTold();
        state.process(ContainerEvent.user(6, ID, 1000, 100, Text.of("anna"), Text.of("/home/anna"), Text.of("/bin/sh")));
        state.process(ContainerEvent.group(6, ID, 100, Text.of("users")));
        assertThat(state.users().user(ID, 1000).name()).hasToString("anna");
        assertThat(state.users().user(Text.EMPTY, 1000)).isNull();
        assertThat(state.users().group(ID, 100).name()).hasToString("users");
    }
}
