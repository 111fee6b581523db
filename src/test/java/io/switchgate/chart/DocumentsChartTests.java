package io.switchgate.chart;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.switchgate.acceptance.BuildDirectory;
import io.switchgate.fixture.Documentation;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the documentation of the chart. The values are documented in three places: the
 * comments of {@code values.yaml}, the descriptions of the schema, and the table of the
 * README.
 */
class DocumentsChartTests {

	/**
	 * Whether to write the table of the README.
	 */
	private static final boolean WRITE = Boolean.getBoolean("switchgate.chart.write");

	/**
	 * Finds the value at the beginning of an error of the chart.
	 */
	private static final Pattern REFUSAL = Pattern.compile("fail \\(?(?:printf )?\"(\\w+)");

	private static final String HEADING = "| value | default | what |\n|---|---|---|\n";

	private static final JsonNode DEFAULTS = Rendering.yaml(Chart.read("values.yaml"));

	private static final JsonNode SCHEMA = new JsonMapper().readTree(Chart.read("values.schema.json"));

	private static void collectDescriptions(String path, JsonNode schema, Map<String, String> into) {
		schema.path("properties").propertyStream().forEach((property) -> {
			String name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
			if (property.getValue().has("properties")
					&& !property.getValue().path("additionalProperties").asBoolean(true)
					&& !property.getValue().has("description")) {
				collectDescriptions(name, property.getValue(), into);
			}
			else {
				into.put(name, property.getValue().path("description").asString());
			}
		});
	}

	private static Map<String, String> descriptions() {
		Map<String, String> descriptions = new LinkedHashMap<>();
		collectDescriptions("", SCHEMA, descriptions);
		// A value of Helm itself, which values.yaml does not have.
		descriptions.remove("global");
		return descriptions;
	}

	private static void collectComments(String path, MappingNode mapping, Map<String, String> into) {
		for (NodeTuple tuple : mapping.getValue()) {
			String key = ((ScalarNode) tuple.getKeyNode()).getValue();
			String name = path.isEmpty() ? key : path + "." + key;
			String comment = comment(tuple.getKeyNode());
			if (!comment.isEmpty()) {
				into.put(name, comment);
			}
			if (tuple.getValueNode() instanceof MappingNode child) {
				collectComments(name, child, into);
			}
		}
	}

	/**
	 * Returns the comment of a key. Lines after an empty one are examples and are left
	 * out.
	 */
	private static String comment(Node key) {
		List<CommentLine> lines = (key.getBlockComments() != null) ? key.getBlockComments() : List.of();
		List<String> own = new ArrayList<>();
		for (CommentLine line : lines) {
			if (line.getCommentType() == CommentType.BLANK_LINE) {
				own.clear();
			}
			else {
				own.add(line.getValue().strip());
			}
		}
		return own.stream().takeWhile((line) -> !line.isEmpty()).collect(Collectors.joining(" "));
	}

	private static Map<String, String> comments() {
		LoaderOptions options = new LoaderOptions();
		options.setProcessComments(true);
		Map<String, String> comments = new LinkedHashMap<>();
		collectComments("", (MappingNode) new Yaml(options).compose(new StringReader(Chart.read("values.yaml"))),
				comments);
		return comments;
	}

	private static String row(String name, String description) {
		JsonNode value = DEFAULTS.at("/" + name.replace('.', '/'));
		String text = value.isString() ? value.asString() : value.toString();
		String shown = text.isEmpty() ? "empty" : (text.length() > 60) ? "see `values.yaml`" : "`" + text + "`";
		return "| `" + name + "` | " + shown + " | " + description + " |";
	}

	@Test
	void everyValueIsDescribedAlikeInValuesAndSchema() {
		assertThat(comments()).containsExactlyEntriesOf(descriptions());
	}

	@Test
	void everyDescriptionIsASentenceWithoutADefault() {
		assertThat(descriptions().values()).allMatch((text) -> text.endsWith("."))
			.noneMatch((text) -> text.contains("default"));
	}

	@Test
	void theReadmeHasEveryValue() {
		String table = HEADING + descriptions().entrySet()
			.stream()
			.map((entry) -> row(entry.getKey(), entry.getValue()))
			.collect(Collectors.joining("\n", "", "\n"));
		String readme = Chart.read("README.md");
		if (WRITE) {
			int start = readme.indexOf(HEADING);
			int end = readme.indexOf("\n\n", start) + 1;
			Chart.write("README.md", readme.substring(0, start) + table + readme.substring(end));
		}
		assertThat(Chart.read("README.md")).contains(table);
	}

	@Test
	void theReadmeHasEveryExample() {
		assertThat(Chart.examples()).isNotEmpty()
			.allSatisfy((example) -> assertThat(Chart.read("README.md"))
				.contains("| [`%1$s`](examples/%1$s) |".formatted(example.getFileName())));
	}

	@Test
	void theDocumentationNamesEveryValueThatMayBeRefused() {
		String page = Documentation.page("kubernetes.md");
		assertThat(REFUSAL.matcher(Chart.read("templates/_check.tpl") + Chart.read("templates/_config.tpl")).results())
			.hasSizeGreaterThan(20)
			.allSatisfy((refusal) -> assertThat(page.substring(page.indexOf("## What is refused")))
				.contains("`" + refusal.group(1)));
	}

	@Test
	void everyObjectOfTheSchemaIsClosed() {
		assertThat(open(SCHEMA, new ArrayList<>())).isEmpty();
	}

	private static List<String> open(JsonNode schema, List<String> into) {
		if (schema.has("properties") && schema.path("additionalProperties").asBoolean(true)) {
			into.add(schema.toString());
		}
		schema.values().forEach((child) -> open(child, into));
		return into;
	}

	@Test
	void theChartHasTheVersionOfTheProject() {
		Matcher version = Pattern.compile("<artifactId>switchgate</artifactId>\\s*<version>([^<]+)<")
			.matcher(Chart.text(BuildDirectory.resolve("..").resolve("pom.xml")));
		assertThat(version.find()).isTrue();
		JsonNode chart = Rendering.yaml(Chart.read("Chart.yaml"));
		assertThat(chart.at("/appVersion").asString()).isEqualTo(version.group(1));
		assertThat(chart.at("/kubeVersion").asString()).isEqualTo(">=" + Chart.OLDEST + ".0-0");
		assertThat(chart.at("/annotations").path("artifacthub.io/images").asString())
			.contains("switchgate:" + version.group(1));
	}

}
