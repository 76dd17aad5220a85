package org.syscope.capture.container;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Recorded descriptions of containers are understood in all their generations, and written so that nothing gets lost. */
final class ContainerJsonTest {

    private static final String WHOLE = """
            {"container":{"id":"0123456789ab","full_id":"0123456789abcdef","type":7,"name":"web",\
            "image":"r.example:5000/nginx:1",\
            "imageid":"11aa","imagerepo":"r.example:5000/nginx","imagetag":"1","imagedigest":"sha256:22bb","privileged":true,\
            "is_pod_sandbox":false,"Mounts":[{"Source":"/a","Destination":"/b","Mode":"ro","RW":false,"Propagation":"rslave"}],\
            "Healthcheck":{"exe":"/check","args":["-q","x"]},"LivenessProbe":{"exe":"/live","args":[]},"ip":"172.17.0.2",\
            "port_mappings":[{"HostIp":2130706433,"HostPort":8080,"ContainerPort":80}],"labels":{"a":"b"},"env":["X=y"],\
            "memory_limit":1048576,"swap_limit":2097152,"cpu_shares":512,"cpu_quota":50000,"cpu_period":100000,\
            "cpuset_cpu_count":2,"created_time":1663770709,"cni_json":"{}","pod_sandbox_id":"77",\
            "pod_sandbox_labels":{"app":"shop"},"unknown":[{"deep":[1.5,null]}]}}""";

    private final ContainerJson json = new ContainerJson();

    private ContainerInfo read(String text) {
        return json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyMemberIsUnderstood() {
        ContainerInfo container = read(WHOLE + "\0");
        assertThat(container).isEqualTo(new ContainerInfo(Text.of("0123456789ab"), Text.of("0123456789abcdef"), "containerd",
                Text.of("web"), Text.of("r.example:5000/nginx:1"), Text.of("11aa"), Text.of("r.example:5000/nginx"),
                Text.of("1"), Text.of("sha256:22bb"), true,
                List.of(new ContainerInfo.Mount(Text.of("/a"), Text.of("/b"), Text.of("ro"), false, Text.of("rslave"))),
                List.of(new ContainerInfo.Port(0x7F000001, 8080, 80)), List.of(Text.of("X=y")), Text.of("/check -q x"),
                Text.of("/live"), Text.EMPTY, 0xAC110002, Text.of("{}"), Map.of("a", Text.of("b")), false, Text.of("77"),
                Map.of("app", Text.of("shop")), new ContainerInfo.Limits(512, 50_000, 100_000, 2, 1 << 20, 2 << 20),
                1663770709));
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        ContainerInfo container = read(WHOLE);
        assertThat(json.read(json.write(container))).isEqualTo(container);
    }

    @Test
    void firstGenerationHadFewMembersAndNulls() {
        ContainerInfo container = read("""
                {"container":{"id":"web","type":1,"name":"web","labels":null,"Mounts":null}}""");
        assertThat(container.type()).isEqualTo("lxc");
        assertThat(container.fullId()).isEqualTo(container.id());
        assertThat(container.privileged()).isNull();
        assertThat(container.labels()).isEmpty();
        assertThat(container.limits()).isEqualTo(ContainerInfo.Limits.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "{", "null", "[]", "7", "{\"container\":[]}", "{\"container\":{}}",
        "{\"container\":{\"id\":5}}", "{\"container\":{\"id\":\"\"}}", "not json"})
    void whatIsNoDescriptionIsNone(String text) {
        assertThat(read(text)).isNull();
    }

    @Test
    void nestingHasAnEnd() {
        assertThat(read("{\"container\":" + "[".repeat(100_000))).isNull();
    }

    @Test
    void noTruncationIsAFault() {
        byte[] whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length - 1; length++) {
            assertThat(json.read(Arrays.copyOf(whole, length))).isNull();
        }
    }

    @Test
    void imagesAreTakenApart() {
        assertImage("nginx", "nginx", "", "");
        assertImage("nginx:1.25", "nginx", "1.25", "");
        assertImage("r.example:5000/a/nginx", "r.example:5000/a/nginx", "", "");
        assertImage("r.example:5000/a/nginx:1@sha256:ff", "r.example:5000/a/nginx", "1", "sha256:ff");
        assertImage("sha256:0123", "", "", "");
    }

    private static void assertImage(String reference, String repository, String tag, String digest) {
        ContainerInfo container = ContainerJson.of(Text.of("x"), 0, Text.of("n"), Text.of(reference));
        assertThat(List.of(container.image(), container.imageRepository(), container.imageTag(), container.imageDigest()))
                .containsExactly(Text.of(reference), Text.of(repository), Text.of(tag), Text.of(digest));
    }
}
