using Bunit;
using MesoClinic.Application.Patients;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Patients;

public sealed class ProfilePageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_list_without_entries_is_saved_only_when_somebody_says_that_there_is_none()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { AssignedTo = [irina] });
        this.UseClinic(clinic, irina, "Cosmetologist");
        var page = await OpenAsync(hannah);

        await page.SubmitAsync("#allergies form");
        await page.WaitForAssertionAsync(() => Assert.Contains("confirm that there is none", page.Find("#allergies").TextContent, StringComparison.Ordinal), Patience);
        await page.OnAsync("#allergies-none", field => field.Change(true));
        Assert.Contains("Not saved yet", page.Find("#allergies .save-state").TextContent, StringComparison.Ordinal);
        await page.SubmitAsync("#allergies form");

        await page.WaitForAssertionAsync(() => Assert.Contains("Saved", page.Find("#allergies .save-state").TextContent, StringComparison.Ordinal), Patience);
        var profile = (await clinic.SendAsync(irina, new GetChart.Query(hannah))).Value!.Profile;
        Assert.True(profile.List("allergies").IsCurrent);
    }

    [Fact]
    public async Task Whoever_saves_second_sees_both_versions_and_chooses()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var (irina, linh) = (await clinic.AddCosmetologistAsync(), await clinic.AddCosmetologistAsync("Linh Tran"));
        var hannah = await clinic.AddHealthyPatientAsync(irina, linh);
        this.UseClinic(clinic, irina, "Cosmetologist");
        var page = await OpenAsync(hannah);
        var version = (await clinic.SendAsync(linh, new GetChart.Query(hannah))).Value!.Version;
        Assert.True((await clinic.SendAsync(linh, new SaveAllergies.Command { PatientId = hannah, Version = version, Items = [new SaveAllergies.Item { Allergen = "alg-latex", Reaction = "rash in 2021" }] })).Succeeded);

        await page.SubmitAsync("#allergies form");

        await page.WaitForAssertionAsync(() => Assert.Contains("rash in 2021", page.Find("#allergies .theirs").TextContent, StringComparison.Ordinal), Patience);
        Assert.Single((await clinic.SendAsync(irina, new GetChart.Query(hannah))).Value!.Profile.Allergies);
        await page.OnAsync("#allergies button:contains('Take theirs')", button => button.ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal("rash in 2021", page.Find("#allergy-0-reaction").GetAttribute("value")), Patience);
    }

    [Fact]
    public async Task A_medicine_by_name_says_that_it_is_not_identified_and_a_wrong_code_is_refused_beside_the_field()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions
        {
            AssignedTo = [irina],
            With = patient => patient.Medications.Add(new Domain.Patients.PatientMedication { Name = "Curcuma forte", NotedOn = clinic.Today }),
        });
        this.UseClinic(clinic, irina, "Cosmetologist");
        var page = await OpenAsync(hannah);

        Assert.Contains("Not identified", page.Find("#medications .rowform").TextContent, StringComparison.Ordinal);
        await page.OnAsync("#medicine-0-atc", field => field.Change("B01AF"));
        Assert.Contains("Not identified", page.Find("#medications .rowform").TextContent, StringComparison.Ordinal);
        await page.OnAsync("#medicine-0-atc", field => field.Change("nonsense"));
        await page.SubmitAsync("#medications form");

        await page.WaitForAssertionAsync(() => Assert.Contains("B01AF01", page.Find("#medicine-0-atc-error").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("nonsense", page.Find("#medicine-0-atc").GetAttribute("value"));
    }

    private async Task<IRenderedComponent<ProfilePage>> OpenAsync(Guid patient)
    {
        var page = Render<ProfilePage>(parameters => parameters.Add(p => p.Id, patient));
        await page.WaitForElementAsync("#allergies", Patience);
        return page;
    }
}
