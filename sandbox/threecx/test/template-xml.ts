/** A template of a CRM that no plugin of ours knows: the engine must not depend on how ours is written. */
export const templateXml = `<?xml version="1.0"?>
<Crm Country="NL" Name="Test CRM" Version="7">
  <Number Prefix="Zeros" MaxLength="" />
  <Connection MaxConcurrentRequests="2" />
  <Parameters>
    <Parameter Name="Address" Type="String" Title="Address" Default="http://127.0.0.1:1" />
    <Parameter Name="Token" Type="Password" Title="Token" Default="" />
    <Parameter Name="Report" Type="Boolean" Title="Report" Default="True" />
    <Parameter Name="Create" Type="Boolean" Title="Create" Default="False" />
  </Parameters>
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request SkipIf="" Url="[Address]/who?n=[Number]&amp;d=[CallDirection]" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json">
        <Headers><Value Key="X-Token" Passes="0" Type="String">[Token]</Value></Headers>
      </Request>
      <Rules><Rule Type="Any">people.id</Rule></Rules>
      <Variables>
        <Variable Name="I" Path="people.id"><Filter /></Variable>
        <Variable Name="L" Path="people.name.last" />
        <Variable Name="P" Path="people.phone" />
      </Variables>
      <Outputs AllowEmpty="false">
        <Output Type="EntityId" Passes="0" Value="[I]" /><Output Type="LastName" Passes="0" Value="[L]" /><Output Type="PhoneMobile" Passes="0" Value="[P]" />
      </Outputs>
    </Scenario>
    <Scenario Id="SearchContacts" Type="REST">
      <Request SkipIf="" Url="[Address]/find?q=[EscapedSearchText]" RequestEncoding="UrlEncoded" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Any">people.id</Rule></Rules>
      <Variables><Variable Name="L" Path="people.name.last" /></Variables>
      <Outputs AllowEmpty="false"><Output Type="LastName" Passes="0" Value="[L]" /></Outputs>
    </Scenario>
    <Scenario Id="CreateContactRecord" Type="REST">
      <Request SkipIf="[Create]!=True||[CallDirection]!=Inbound" Url="[Address]/new" RequestEncoding="UrlEncoded" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="n" Passes="1" Type="String">[Number]</Value></PostValues>
      </Request>
      <Variables><Variable Name="I" Path="people.id" /></Variables>
      <Outputs AllowEmpty="false"><Output Type="EntityId" Passes="0" Value="[I]" /></Outputs>
    </Scenario>
    <Scenario Id="ReportCall" Type="REST">
      <Request SkipIf="[Report]!=True" Url="[Address]/done" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues>
          <Value Key="type" Passes="1" Type="String">[CallType]</Value>
          <Value Key="agent" Passes="1" Type="String">[Agent]</Value>
          <Value Key="mail" Passes="1" Type="String">[AgentEmail]</Value>
          <Value Key="queue" Passes="1" Type="String">[QueueExtension]</Value>
          <Value Key="contact" Passes="1" Type="String">[EntityId]</Value>
          <Value Key="seconds" Passes="1" Type="String">[[[DurationTimespan].get_TotalSeconds()].ToString("F0")]</Value>
          <Value Key="start" Passes="2" Type="String">[[CallStartTimeUTC].ToString("yyyy-MM-ddTHH:mm:ssZ")]</Value>
          <Value Key="said" Passes="1" Type="String">[Transcription]</Value>
        </PostValues>
      </Request>
    </Scenario>
  </Scenarios>
</Crm>`;
