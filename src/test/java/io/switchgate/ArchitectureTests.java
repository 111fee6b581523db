package io.switchgate;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RestController;

import io.switchgate.fixture.Documentation;
import io.switchgate.transport.Transport;
import io.switchgate.websocket.SecWebSocketHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packages as they are meant to be, and what no code of theirs does.
 */
class ArchitectureTests {

	/**
	 * A package uses those of lower tiers only, and none of its own tier.
	 */
	private static final List<Set<String>> TIERS = List
		.of(// @formatter:off
			Set.of("setting"),
			Set.of("exchange", "transport", "websocket"),
			Set.of("problem", "forwarded", "ondemand"),
			Set.of("client", "tunnel"),
			Set.of("drain", "journal", "upstream"),
			Set.of("routes"),
			Set.of("handshake"),
			Set.of("configuration", "doctor"),
			Set.of("observability", "admin", "demo", "kubernetes", "probe", "warmup"),
			Set.of("console"));
	// @formatter:on

	/**
	 * Types that are public for something else than another package of the gateway.
	 */
	private static final Set<Class<?>> PUBLIC_FOR_OTHERS = Set.of(
			// Java starts it.
			SwitchgateApplication.class,
			// Its constants leave no trace where they are used.
			SecWebSocketHeaders.class,
			// The tests' lanes choose one.
			Transport.class);

	private static final Pattern CODE = Pattern.compile("`(\\w+)`");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ArchitectureTests.class.getPackageName());

	private static Stream<String> packages() {
		return TIERS.stream().flatMap(Set::stream);
	}

	private static String name(String simpleName) {
		return ArchitectureTests.class.getPackageName() + "." + simpleName;
	}

	private static JavaPackage root() {
		return MAIN.getPackage(ArchitectureTests.class.getPackageName());
	}

	@Test
	void everyPackageHasATier() {
		assertThat(root().getSubpackagesInTree()).extracting(JavaPackage::getName)
			.containsExactlyInAnyOrderElementsOf(packages().map(ArchitectureTests::name).toList());
	}

	/**
	 * Which begins with the highest tier.
	 */
	@Test
	void readmeListsTheTiers() {
		List<Set<String>> listed = Documentation.readme()
			.lines()
			.dropWhile((line) -> !line.startsWith("| package |"))
			.skip(2)
			.takeWhile((line) -> line.startsWith("|"))
			.map((line) -> CODE.matcher(line.substring(0, line.indexOf('|', 1)))
				.results()
				.map((name) -> name.group(1))
				.collect(Collectors.toSet()))
			.toList();
		assertThat(IntStream.range(0, listed.size()).mapToObj((i) -> listed.get(listed.size() - 1 - i)).toList())
			.isEqualTo(TIERS);
	}

	@Test
	void rootHoldsTheMainClassOnly() {
		assertThat(root().getClasses()).extracting(JavaClass::getSimpleName)
			.containsExactlyInAnyOrder("SwitchgateApplication", "package-info");
	}

	@ParameterizedTest
	@MethodSource("packages")
	void usesLowerTiersOnly(String user) {
		String[] forbidden = Stream.concat(Stream.of(ArchitectureTests.class.getPackageName()),
				TIERS.stream()
					.dropWhile((tier) -> !tier.contains(user))
					.flatMap(Set::stream)
					.filter((used) -> !used.equals(user))
					.map(ArchitectureTests::name))
			.toArray(String[]::new);
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(name(user))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(forbidden)
			.check(MAIN);
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching(name("(*)..")).should().beFreeOfCycles().check(MAIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "setting", "websocket", "tunnel" })
	void knowsNoMoreOfSpringThanItsProperties(String engine) {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(name(engine))
			.should()
			.dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.springframework..")
				.and(JavaClass.Predicates.resideOutsideOfPackages("org.springframework.boot.context.properties..",
						"org.springframework.util.unit..")))
			.check(MAIN);
	}

	@Test
	void beansComeFromConfigurationsOnly() {
		ArchRuleDefinition.methods()
			.that()
			.areAnnotatedWith(Bean.class)
			.should()
			.beDeclaredInClassesThat()
			.haveSimpleNameEndingWith("Configuration")
			.check(MAIN);
	}

	@Test
	void nothingIsFoundByScanningOrInjectedByAnnotation() {
		ArchRuleDefinition.noClasses()
			.should()
			.dependOnClassesThat()
			.belongToAnyOf(Component.class, Service.class, Repository.class, Controller.class, RestController.class,
					Autowired.class, Value.class)
			.because("a configuration shows what there is, and constructors what it needs")
			.check(MAIN);
	}

	@Test
	void everyPackageIsNullMarked() {
		assertThat(Stream.concat(Stream.of(root()), root().getSubpackagesInTree().stream()))
			.allSatisfy((javaPackage) -> assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).isTrue());
	}

	@Test
	void publicTypesAreUsedByAnotherPackage() {
		Class<?>[] exceptions = PUBLIC_FOR_OTHERS.toArray(new Class<?>[0]);
		ArchRuleDefinition.classes()
			.that()
			.arePublic()
			.and()
			.doNotBelongToAnyOf(exceptions)
			.should(beUsedByAnotherPackage())
			.check(MAIN);
	}

	private static ArchCondition<JavaClass> beUsedByAnotherPackage() {
		return new ArchCondition<>("be used by another package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean used = type.getDirectDependenciesToSelf()
					.stream()
					.map(Dependency::getOriginClass)
					.anyMatch((user) -> !user.getPackageName().equals(type.getPackageName()));
				events.add(new SimpleConditionEvent(type, used, type.getName() + " is used at home only"));
			}

		};
	}

	@Test
	void nothingSubscribesOrBlocks() {
		ArchRuleDefinition.noClasses()
			.should()
			.accessTargetWhere(DescribedPredicate.describe("a publisher is subscribed to or waited for",
					(access) -> access.getTargetOwner().isAssignableTo(Publisher.class)
							&& (access.getName().equals("subscribe") || access.getName().startsWith("block"))))
			.because("an exchange is one chain that the server subscribes to, on an event loop")
			.check(MAIN);
	}

	@Test
	void nothingWritesToTheConsole() {
		ArchRuleDefinition.noClasses()
			.that()
			// Gives them to the commands, which are there to print.
			.doNotBelongToAnyOf(SwitchgateApplication.class)
			.should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
			.check(MAIN);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "java.lang.Thread.sleep", "java.lang.String.toLowerCase()", "java.lang.String.toUpperCase()" })
	void nothingCalls(String method) {
		ArchRuleDefinition.noClasses()
			.should()
			.accessTargetWhere(DescribedPredicate.describe(method + " is called", (access) -> isOf(method, access)))
			.check(MAIN);
	}

	private static boolean isOf(String method, JavaAccess<?> access) {
		return access.getTarget().getFullName().startsWith(method);
	}

}
