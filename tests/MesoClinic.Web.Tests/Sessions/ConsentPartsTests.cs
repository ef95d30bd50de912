using Bunit;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Photos;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class ConsentPartsTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_text_shows_its_headings_and_items_as_such_and_nothing_of_it_as_markup()
    {
        var words = Render<ConsentWords>(p => p.Add(w => w.Text, "Consent\n\n# What is planned\nAreas: <b>Forehead</b>.\nUsual:\n- Redness\n- Bruise\nCall us."));

        Assert.Equal(["Consent", "What is planned"], words.FindAll("h3").Select(h => h.TextContent));
        Assert.Equal(["Redness", "Bruise"], words.FindAll("ul li").Select(li => li.TextContent));
        Assert.Equal(["Areas: <b>Forehead</b>.", "Usual:", "Call us."], words.FindAll("p").Select(p => p.TextContent));
    }

    [Fact]
    public async Task A_patient_signs_by_finger_without_typing_a_name()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        var signed = false;
        var form = Render<SignConsentForm>(p => p.Add(f => f.Kind, ConsentKind.Photos).Add(f => f.PatientId, scene.Patient).Add(f => f.OnSigned, () => signed = true));
        await form.WaitForAssertionAsync(() => Assert.Contains("Consent to photographs", form.Markup, StringComparison.Ordinal), Patience);

        await form.SubmitAsync();
        Assert.Contains("Sign in the field, or type the full name.", form.Markup, StringComparison.Ordinal);
        await form.OnAsync(".sign-pad input", field => field.Change("M40 120l60 -30l40 50l80 -10"));
        await form.SubmitAsync();

        await form.WaitForAssertionAsync(() => Assert.True(signed), Patience);
        await clinic.InDatabaseAsync(async db => Assert.Equal("Hannah Lindqvist", (await db.Consents.SingleAsync()).SignedName));
    }

    [Fact]
    public async Task For_a_minor_the_form_asks_for_the_guardians_name_and_relation()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        await clinic.InDatabaseAsync(db => db.Patients.ExecuteUpdateAsync(p => p.SetProperty(x => x.BirthDate, new DateOnly(2010, 1, 1))));
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        var form = Render<SignConsentForm>(p => p.Add(f => f.Kind, ConsentKind.Photos).Add(f => f.PatientId, scene.Patient));

        await form.WaitForAssertionAsync(() => Assert.NotNull(form.Field("Full name of the guardian")), Patience);
        Assert.NotNull(form.Field("I am the patient's"));
        Assert.Contains("I sign in the child's name.", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_wait_for_the_consent_and_say_why_one_was_refused()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.SetAsync(clinic);
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        var before = Render<PhotoPanel>(p => p.Add(x => x.PatientId, scene.Patient));
        await before.WaitForAssertionAsync(() => Assert.Contains("The patient has not agreed to photographs.", before.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(before.FindAll("input[type=file]"));

        await scene.SignConsentAsync(c => (c.Kind, c.AppointmentId, c.PatientId) = (ConsentKind.Photos, null, scene.Patient));
        var panel = Render<PhotoPanel>(p => p.Add(x => x.PatientId, scene.Patient));
        await panel.WaitForAssertionAsync(() => Assert.Equal(2, panel.FindAll("input[type=file]").Count), Patience);
        await panel.OnAsync("[data-photo-said]", field => field.Change("no:The photo has 20,000 × 300 pixels."));

        Assert.Equal("The photo has 20,000 × 300 pixels.", panel.Find("#photo-said .err").TextContent);
        Assert.Equal(("photos", $"{scene.Patient}"), (panel.Find("[data-photo-upload]").GetAttribute("data-photo-upload"), panel.Find("[data-photo-upload]").GetAttribute("data-photo-patient")));
    }
}
