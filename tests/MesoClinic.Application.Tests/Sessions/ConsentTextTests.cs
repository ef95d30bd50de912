using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Domain.Staff;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

public sealed class ConsentTextTests
{
    private const string Own = "# Ours\n{areas} {technique} {ingredients}\n{risks}\nUntil {until}. Call {phone}.";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_new_wording_is_a_new_version_and_what_was_signed_keeps_the_old_one(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        var manager = await clinic.AddManagerAsync();
        await scene.OpenAsync();
        var before = await scene.SignConsentAsync();

        Assert.Equal(1, (await clinic.SendAsync(manager, Publish(Own, 0))).Must());
        var after = await scene.SignConsentAsync();

        var (old, now) = (await ReadAsync(before), await ReadAsync(after));
        Assert.Equal(("treatment-2", "treatment-clinic-1"), (old.TemplateVersion, now.TemplateVersion));
        Assert.DoesNotContain("# Ours", old.Text, StringComparison.Ordinal);
        Assert.Contains("# Ours\nForehead Nappage", now.Text, StringComparison.Ordinal);
        var versions = (await clinic.SendAsync(manager, new ListConsentTexts.Query())).Value!.Wordings.Single(w => w.Kind == ConsentKind.Treatment).Versions;
        Assert.Equal([1, 0], versions.Select(v => v.Number));
        Assert.Equal("Sofia Brandt", versions[0].By);

        async Task<ConsentDocument> ReadAsync(Guid id) => (await clinic.SendAsync(scene.Practitioner, new GetConsent.Query(id))).Must();
    }

    [Theory]
    [OnSqlite]
    public async Task Two_editors_do_not_overwrite_each_other(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var manager = await clinic.AddManagerAsync();
        (await clinic.SendAsync(manager, Publish(Own, 0))).Must();

        Assert.IsType<Failure.Stale>((await clinic.SendAsync(manager, Publish(Own + " More.", 0))).Failure);
        Assert.Contains("Text", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, Publish(Own, 1))).Failure).Errors.Keys);
        Assert.Contains("{areas}", Assert.IsType<Failure.Invalid>((await clinic.SendAsync(manager, Publish("Sign here.", 1))).Failure).Errors["Text"][0], StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    public async Task A_physician_publishes_and_a_cosmetologist_only_reads(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var physician = await clinic.AddCosmetologistAsync("Dr Lena Koch", Qualification.Physician);
        var cosmetologist = await clinic.AddCosmetologistAsync();

        Assert.False((await clinic.SendAsync(cosmetologist, new ListConsentTexts.Query())).Must().MayPublish);
        Assert.IsType<Failure.Forbidden>((await clinic.SendAsync(cosmetologist, Publish(Own, 0))).Failure);
        Assert.True((await clinic.SendAsync(physician, Publish(Own, 0))).Succeeded);
    }

    private static PublishConsentText.Command Publish(string text, int basedOn) => new() { Kind = ConsentKind.Treatment, Text = text, BasedOn = basedOn };
}
