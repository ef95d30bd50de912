using Bunit;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;
using MesoClinic.Web.Tests.Patients;
using MesoClinic.Web.Tests.Shared;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class SignConsentFormTests : BunitContext
{
    [Fact]
    public async Task A_form_that_cannot_be_opened_can_be_closed()
    {
        await using var clinic = await TestClinic.OpenAsync(Engine.Sqlite);
        var scene = await SessionScene.ReadyAsync(clinic);
        this.UseClinic(clinic, scene.Practitioner, "Cosmetologist");
        JSInterop.Mode = JSRuntimeMode.Loose;
        var closed = 0;
        var form = Render<SignConsentForm>(parameters => parameters
            .Add(f => f.Kind, ConsentKind.Anaesthetic).Add(f => f.AppointmentId, scene.Appointment).Add(f => f.Areas, ["forehead"]).Add(f => f.Ingredients, [SessionScene.Ingredient]).Add(f => f.OnClosed, () => closed++));
        await form.WaitForAssertionAsync(() => Assert.Contains("The form cannot be opened.", form.Find("[role=alert]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(20));

        await form.PressAsync("Close");

        Assert.Equal(1, closed);
    }
}
