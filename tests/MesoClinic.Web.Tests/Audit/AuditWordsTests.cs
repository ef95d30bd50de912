using MesoClinic.Web.Components.Audit;

namespace MesoClinic.Web.Tests.Audit;

public sealed class AuditWordsTests
{
    /// <summary>A mistyped password has no person; a time that became free is offered by nobody.</summary>
    [Theory]
    [InlineData("SignIn", "Not signed in")]
    [InlineData("OfferFromWaitlist", "The portal itself")]
    public void Where_no_person_stands_the_page_says_whether_it_was_the_portal(string action, string who) => Assert.Equal(who, AuditWords.Nobody(action));
}
