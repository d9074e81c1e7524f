// For those who build by Gradle. It was written beside pom.xml and has not been tried; ./lockstep uses Maven.
plugins { `java-library` }

group = "${groupId}"
version = "${version}"

java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }

repositories {
    mavenCentral()
    maven { url = uri("${lockstepRepository}") }
}

dependencies {
    implementation(platform("dev.lockstep:lockstep-bom:${lockstepVersion}"))
    implementation("dev.lockstep:lockstep")
    testImplementation(platform("dev.lockstep:lockstep-bom:${lockstepVersion}"))
    testImplementation("dev.lockstep:lockstep-testing")
    testImplementation("org.junit.jupiter:junit-jupiter")
}

tasks.test {
    useJUnitPlatform()
    jvmArgs(
        "--add-opens", "java.base/java.lang=ALL-UNNAMED",
        "--add-opens", "java.base/java.util=ALL-UNNAMED",
        "--add-opens", "java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens", "java.base/java.nio=ALL-UNNAMED",
    )
}
