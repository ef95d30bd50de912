using Bunit;
using Bunit.TestDoubles;
using MesoClinic.Application.Patients;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace MesoClinic.Web.Tests.Patients;

public sealed class ChartPageTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Somebody_elses_patient_shows_contact_data_and_asks_for_a_reason()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var linh = await clinic.AddCosmetologistAsync("Linh Tran");
        var hannah = await clinic.AddPatientAsync(new PatientOptions { With = p => p.Allergies.Add(new Domain.Patients.PatientAllergy { Allergen = "alg-latex", NotedOn = clinic.Today }) });
        this.UseClinic(clinic, linh, "Cosmetologist");
        var page = Render<ChartPage>(parameters => parameters.Add(p => p.Id, hannah));
        await page.WaitForElementAsync("form", Patience);

        Assert.Contains("020 7946 0128", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Latex", page.Markup, StringComparison.Ordinal);
        await page.OnAsync("textarea", field => field.Change("short"));
        await page.SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("10 to 200 characters why", page.Find(".err").TextContent, StringComparison.Ordinal), Patience);

        await page.OnAsync("textarea", field => field.Change("Irina is ill, I treat her patients"));
        await page.SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.EndsWith($"patients/{hannah}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal), Patience);
        Assert.True((await clinic.SendAsync(linh, new GetChart.Query(hannah))).Succeeded);
    }

    [Fact]
    public async Task The_chart_says_what_is_unknown_and_never_calls_an_unasked_list_empty()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var irina = await clinic.AddCosmetologistAsync();
        var hannah = await clinic.AddPatientAsync(new PatientOptions { GivenName = "<i>Hannah</i> 🌸", AssignedTo = [irina] });
        this.UseClinic(clinic, irina, "Cosmetologist");
        var page = Render<ChartPage>(parameters => parameters.Add(p => p.Id, hannah));
        await page.WaitForElementAsync(".profile", Patience);

        Assert.Equal("<i>Hannah</i> 🌸 Lindqvist", page.Find("h1").TextContent);
        Assert.Equal(4, page.FindAll(".profile .reviewed").Count(p => p.TextContent.Contains("Never gone through", StringComparison.Ordinal)));
        Assert.DoesNotContain("None. ", page.Find(".profile").TextContent, StringComparison.Ordinal);
        Assert.Equal("page", page.Find("nav.tabs a").GetAttribute("aria-current"));
    }
}
