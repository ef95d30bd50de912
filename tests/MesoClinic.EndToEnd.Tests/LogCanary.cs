using Xunit.Abstractions;

namespace MesoClinic.EndToEnd.Tests;

/// <summary>Words that the journeys type into health fields, and that must not stand in any log.</summary>
internal static class LogCanary
{
    public const string FamilyName = "Canarywing";
    public const string Phone = "020 7946 0999";

    private static readonly string[] Words = [FamilyName, Phone, "Nguyen", "Oyelaran", "anticoagulant", "Rivaroxaban", "1975-05-20"];

    /// <summary>Opens pages with patients on them, whatever the other journeys have done before, and reads what the portal has written.</summary>
    public static async Task ShouldBeInNoLogAsync(DemoPortal demo)
    {
        var page = await demo.SignInAsync(DemoPortal.Cosmetologist);
        foreach (var path in new[] { "/today", "/patients", "/calendar" })
        {
            await page.GotoAsync(path);
        }

        var files = Directory.GetFiles(Path.Combine(demo.Portal.Folder, "logs"));
        Assert.NotEmpty(files);
        foreach (var text in files.Select(ReadShared).Append(demo.Portal.Output))
        {
            Assert.All(Words, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        }

        Assert.Contains(files.Select(ReadShared), text => text.Contains("TodayBoard", StringComparison.Ordinal));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

[Collection(DemoPortalCollection.Name)]
public sealed class LogTests(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public Task No_name_and_no_health_data_stands_in_a_log() => LogCanary.ShouldBeInNoLogAsync(Demo);
}

[Collection(TreatmentRoomCollection.Name)]
public sealed class TreatmentRoomLogTests(DemoPortal demo, ITestOutputHelper output) : Journey(demo, output)
{
    [Fact(Timeout = Patience)]
    public Task No_name_and_no_health_data_stands_in_a_log() => LogCanary.ShouldBeInNoLogAsync(Demo);
}
