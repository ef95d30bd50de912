using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What stands beside each line about its allergy tests is what the rule book judges.</summary>
public sealed class TestedLinesTests
{
    private const string MissingTest = "ci-skin-test-missing";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task A_new_dose_that_nobody_has_read_yet_leaves_the_cleared_test_standing(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.ReadyAsync(clinic);

        await TestAsync(scene, clinic.Today, null);

        var preview = await PreviewAsync(scene);
        Assert.DoesNotContain(preview.Assessment.Findings, finding => finding.Rule == MissingTest);
        Assert.Equal((clinic.Today.AddDays(-5), false), (Assert.Single(preview.Tests).On, preview.Tests[0].IsMissing));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_tests_of_one_day_the_one_with_a_reaction_counts(bool reactedFirst)
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);

        foreach (var negative in new[] { !reactedFirst, reactedFirst })
        {
            await TestAsync(scene, clinic.Today.AddDays(-4), negative);
        }

        var preview = await PreviewAsync(scene);
        Assert.Contains(preview.Assessment.Findings, finding => finding.Action > MesoClinic.Rules.Decision.AllowWithCaution);
        Assert.Equal((null, true), (Assert.Single(preview.Tests).On, preview.Tests[0].IsMissing));
    }

    private static Task TestAsync(SessionScene scene, DateOnly on, bool? negative) => scene.Clinic.InDatabaseAsync(async db =>
    {
        db.AllergyTests.Add(new AllergyTest { PatientId = scene.Patient, Ingredient = SessionScene.Ingredient, AppliedOn = on, ReadOn = negative is null ? null : on.AddDays(2), Negative = negative, AppliedById = scene.Practitioner });
        await db.SaveChangesAsync();
    });

    private static async Task<PreviewSession.Preview> PreviewAsync(SessionScene scene) => (await scene.Clinic.SendAsync(scene.Practitioner, new PreviewSession.Query { SessionId = scene.Session })).Must();
}
